-- roles: what a member can be at this hotel.
create or replace view api.roles
with (security_invoker = true) as
select r.id, r.key, app.label(r.name) as name, r.name as names, r.session_type, r.is_default,
       r.is_default and r.reference_digest is null as is_edited,
       array(select rp.permission from identity.role_permissions as rp
             where rp.tenant_id = r.tenant_id and rp.role_id = r.id order by rp.permission) as permissions,
       (select count(*) from identity.membership_roles as mr
        join identity.memberships as m on m.tenant_id = mr.tenant_id and m.id = mr.membership_id and m.is_active
        where mr.tenant_id = r.tenant_id and mr.role_id = r.id) as members
from identity.roles as r;

comment on view api.roles is
  'Roles with their permissions and how many have them: all for those who give roles, else one''s own. is_edited: a default role that no longer follows the seeds.';
grant select on api.roles to staff, admin;
