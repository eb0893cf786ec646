/* pgmigrate-encoding: utf-8 */
-- What happened: the event stream that pages follow, and the audit log.

create table public.event_log (
  tenant_id uuid not null references public.tenants (id),
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  topic text not null,
  property_id uuid,
  booking_id uuid,
  request_id uuid,
  entity text not null,
  entity_id uuid not null,
  payload jsonb not null default '{}',
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint event_topic_is_dotted check (topic ~ '^[a-z_]+(\.[a-z_]+)+$')
);
create index event_log_in_commit_order on public.event_log (tenant_id, xid, id);
comment on table public.event_log is 'What happened, written with its cause. Carries ids, not personal data.';
comment on column public.event_log.xid is 'Transaction that wrote it. Readers stay below the oldest running one, so a late commit is never skipped.';

create table public.audit_log (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  xid xid8 not null default pg_current_xact_id(),
  table_name text not null,
  row_key jsonb not null,
  operation text not null,
  old_values jsonb,
  new_values jsonb,
  db_role text not null,
  actor_id uuid,
  actor_name text,
  session_id uuid,
  command text,
  call_id text,
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint audit_operation_is_known check (operation in ('INSERT', 'UPDATE', 'DELETE'))
);
create index audit_log_by_row on public.audit_log (tenant_id, table_name, row_key, id);
create index audit_log_in_commit_order on public.audit_log (tenant_id, xid, id);
comment on table public.audit_log is 'Who changed what, from what to what, when, by which command. Only the audit trigger writes it; nobody changes it.';
comment on column public.audit_log.old_values is 'Only the columns that changed (update), the whole row (delete), null (insert).';
comment on column public.audit_log.new_values is 'Only the columns that changed (update), the whole row (insert), null (delete).';
comment on column public.audit_log.db_role is 'Role of the caller, not the owner of the command.';
