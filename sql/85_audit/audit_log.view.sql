-- audit_log: who changed what.
create or replace view api.audit_log
with (security_invoker = true) as
select a.id, a.table_name, a.row_key, a.operation,
       app.show_personal(a.table_name, a.guest_id, a.old_values) as old_values,
       app.show_personal(a.table_name, a.guest_id, a.new_values) as new_values,
       a.db_role, a.actor_id, a.actor_name, a.session_id, a.command, a.call_id, a.at, a.position
from public.audit_log as a;

comment on view api.audit_log is 'Changes of the tenant''s data: from what to what, by whom, through which command. What tells about a guest is "•••" without hotel:guests:read, and for everyone once the guest was erased.';
grant select on api.audit_log to staff, admin;
