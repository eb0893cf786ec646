-- tg_audit_log__never_changes: what was written into the log stays as it is, for everyone.
-- refuses:  audit_is_append_only
create or replace function app.tg_audit_log__never_changes()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'The audit log is never changed.'
    using errcode = 'PT409', detail = 'audit_is_append_only', hint = 'What was wrong is followed by what is right.';
end
$$;

comment on function app.tg_audit_log__never_changes() is 'Refuses every update, delete and truncate of the log and its seals, the owner''s too.';

create or replace trigger audit_log__never_changes
  before update or delete or truncate on public.audit_log
  for each statement execute function app.tg_audit_log__never_changes();

create or replace trigger audit_seals__never_change
  before update or delete or truncate on public.audit_seals
  for each statement execute function app.tg_audit_log__never_changes();
