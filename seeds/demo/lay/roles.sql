-- The roles of a house's people; the roles themselves were copied from the reference before.

insert into identity.membership_roles (tenant_id, membership_id, role_id)
select m.tenant_id, m.id, r.id
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'members') as d (email text, roles text[])
join identity.users as u on u.email = d.email
join identity.memberships as m on m.tenant_id = app.tenant_id() and m.user_id = u.id
join identity.roles as r on r.tenant_id = m.tenant_id and r.key = any (d.roles)
where not exists (
  select from identity.membership_roles as o
  where o.tenant_id = m.tenant_id and o.membership_id = m.id)
on conflict do nothing;
