-- login_attempts: who signed in, and who tried.
create or replace view api.login_attempts
with (security_invoker = true) as
select a.id, a.membership_id as member_id, m.display_name as member_name, a.outcome, a.address, a.at
from identity.login_attempts as a
join identity.memberships as m on m.tenant_id = a.tenant_id and m.id = a.membership_id;

comment on view api.login_attempts is 'Sign-ins of members, right and wrong, and changes of their passwords, for those who may read the audit.';
grant select on api.login_attempts to admin;
