-- audit_seals: the chain over the audit log.
create or replace view api.audit_seals
with (security_invoker = true) as
select s.number, s.epoch, s.row_count, encode(s.digest, 'hex') as digest, s.sealed_at
from public.audit_seals as s;

comment on view api.audit_seals is 'Seals of the tenant''s audit log, one after the other; api.audit_verify reckons them anew.';
grant select on api.audit_seals to staff, admin;
