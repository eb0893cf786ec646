-- postings_have_no_eraser: Nobody holds update or delete on a posting, on history, or on the logs: not even engine.
select t.name || ' by ' || r.rolname
from (values ('public.charges'), ('public.charge_taxes'), ('portal.request_status_history'), ('public.event_log'),
             ('public.audit_log'), ('public.audit_seals'), ('portal.workflow_versions'), ('portal.request_lines')) t (name)
cross join pg_roles r
where r.rolname in ('engine', 'service', 'auditor', 'resolver', 'staff', 'admin', 'guest')
and (has_any_column_privilege(r.oid, t.name, 'update') or has_table_privilege(r.oid, t.name, 'delete, truncate'))
