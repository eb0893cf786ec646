-- member_roles: who has which role.
create or replace view api.member_roles
with (security_invoker = true) as
select mr.membership_id, mr.role_id, r.key, app.label(r.name) as name
from identity.membership_roles as mr
join identity.roles as r on r.tenant_id = mr.tenant_id and r.id = mr.role_id;

comment on view api.member_roles is 'Roles of members: everyone''s for those who give roles, else one''s own.';
grant select on api.member_roles to staff, admin;
