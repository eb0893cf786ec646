-- audit_log: who changed what.
create or replace view api.audit_log
with (security_invoker = true) as
select a.id, a.table_name, a.row_key, a.operation, a.old_values, a.new_values, a.db_role, a.actor_id, a.actor_name, a.session_id,
       a.command, a.call_id, a.at
from public.audit_log as a;

comment on view api.audit_log is 'Changes of the tenant''s data: from what to what, by whom, through which command.';
grant select on api.audit_log to staff, admin;
