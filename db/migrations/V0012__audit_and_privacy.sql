/* pgmigrate-encoding: utf-8 */
-- An audit log that can be believed: its order, its seals, and the guests' own keys that hide what is personal in it.

grant execute on function extensions.gen_random_bytes(integer), extensions.encrypt_iv(bytea, bytea, bytea, text),
  extensions.decrypt_iv(bytea, bytea, bytea, text) to auditor;

create table app.guest_keys (
  tenant_id uuid not null references public.tenants (id),
  guest_id uuid not null,
  key bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, guest_id),
  constraint guest_key_has_256_bits check (length(key) = 32)
);
comment on table app.guest_keys is 'The key of each guest, under which what is personal enters the audit log. Destroyed when the guest is erased; made once, never again.';
insert into app.guest_keys (tenant_id, guest_id, key)
select g.tenant_id, g.id, extensions.gen_random_bytes(32) from public.guests as g;

alter table public.guests add column erased_at timestamptz;
comment on column public.guests.erased_at is 'When the person was made nobody; a stay can no longer be booked for them.';

-- pgmigrate runs each migration in one transaction; the log of a house that is at work is small at this release
-- squawk-ignore adding-field-with-default
alter table public.audit_log add column position bigint generated always as identity;
alter table public.audit_log add column epoch integer not null default 1;
alter table public.audit_log add column guest_id uuid;
comment on column public.audit_log.position is 'Order of writing; of two changes to one row the later has the higher one.';
comment on column public.audit_log.epoch is 'Grows when the database is restored, because transaction numbers may then begin anew.';
comment on column public.audit_log.guest_id is 'Whose key hides the personal values of this row: each is {"encrypted": base64 of the initialisation vector and the AES-256-CBC text}.';
comment on column public.audit_log.actor_name is 'A member''s name; a guest is named by actor_id alone, the booking.';
-- squawk-ignore require-concurrent-index-creation
create index audit_log_by_position on public.audit_log (tenant_id, position);
-- squawk-ignore require-concurrent-index-creation
create index audit_log_to_seal on public.audit_log (tenant_id, epoch, xid);
-- squawk-ignore require-concurrent-index-creation
create index audit_log_by_guest on public.audit_log (tenant_id, guest_id) where guest_id is not null;
-- squawk-ignore require-concurrent-index-deletion
drop index public.audit_log_in_commit_order;

-- what was written before there were keys is hidden now, before the first seal
create function pg_temp.hidden(p_values jsonb, p_key bytea)
returns jsonb
language sql
volatile
as $$
  select jsonb_object_agg(o.key, case
    when o.value = 'null' or o.key <> all (array[
      'first_name', 'last_name', 'email', 'phone', 'id_type', 'id_number', 'nationality', 'address', 'dietary_notes', 'notes',
      'guest_name', 'special_requests', 'session_id', 'idempotency_key', 'cancel_reason', 'title', 'note', 'details',
      'last_actor_name', 'body', 'author_name']) then o.value
    when p_key is null then to_jsonb('•••'::text)
    else (select jsonb_build_object('encrypted', translate(encode(
            i.iv || extensions.encrypt_iv(convert_to(o.value::text, 'UTF8'), p_key, i.iv, 'aes'), 'base64'), e'\n', ''))
          from (select extensions.gen_random_bytes(16) as iv where o.key is not null) as i)
  end)
  from jsonb_each(p_values) as o
$$;

update public.audit_log as a
set guest_id = w.guest_id, old_values = pg_temp.hidden(a.old_values, k.key), new_values = pg_temp.hidden(a.new_values, k.key)
from (
  select g.tenant_id, 'public.guests' as table_name, g.id, g.id as guest_id from public.guests as g
  union all
  select b.tenant_id, 'public.bookings', b.id, b.guest_id from public.bookings as b
  union all
  select r.tenant_id, 'portal.requests', r.id, r.guest_id from portal.requests as r where r.guest_id is not null
  union all
  select c.tenant_id, 'portal.request_comments', c.id, r.guest_id
  from portal.request_comments as c
  join portal.requests as r on r.tenant_id = c.tenant_id and r.id = c.request_id
  where r.guest_id is not null) as w
join app.guest_keys as k on k.tenant_id = w.tenant_id and k.guest_id = w.guest_id
where a.tenant_id = w.tenant_id and a.table_name = w.table_name and a.row_key ->> 'id' = w.id::text;
update public.audit_log set actor_name = null where db_role = 'guest' and actor_name is not null;

create table public.audit_seals (
  tenant_id uuid not null references public.tenants (id),
  number bigint not null,
  epoch integer not null,
  from_xid xid8 not null,
  until_xid xid8 not null,
  row_count bigint not null,
  digest bytea not null,
  sealed_at timestamptz not null default now(),
  primary key (tenant_id, number),
  constraint seal_is_numbered_from_one check (number > 0),
  constraint seal_covers_something check (row_count > 0 and until_xid > from_xid),
  constraint seal_is_a_sha256 check (length(digest) = 32)
);
comment on table public.audit_seals is 'The chain over the audit log: each seal covers the rows of the transactions [from_xid, until_xid) and the seal before it. Written by the tick, changed by nobody.';
comment on column public.audit_seals.digest is 'sha256 of the digest before it, of this row and of the digests of its rows in order of id.';

create table app.audit_heads (
  tenant_id uuid not null references public.tenants (id),
  epoch integer not null default 1,
  number bigint not null default 0,
  digest bytea not null default '',
  primary key (tenant_id)
);
comment on table app.audit_heads is 'Where each chain ends, kept apart from it: a chain that was cut ends earlier. Its epoch is that of the rows written now.';
