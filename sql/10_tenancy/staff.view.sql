-- staff: everyone who works here or did, as a manager sees them.
create or replace view api.staff
with (security_invoker = true) as
select m.id, m.display_name as name, u.email, m.session_type, m.teams, m.property_ids, m.language, m.slack_user_id, m.is_active, m.created_at,
       coalesce(r.roles, '[]') as roles, app.last_sign_in(m.id) as last_signed_in_at
from identity.memberships as m
join identity.users as u on u.id = m.user_id
left join lateral (
  select jsonb_agg(jsonb_build_object('key', x.key, 'name', app.label(x.name)) order by x.key) as roles
  from identity.membership_roles as mr
  join identity.roles as x on x.tenant_id = mr.tenant_id and x.id = mr.role_id
  where mr.tenant_id = m.tenant_id and mr.membership_id = m.id
) as r on true
where (select app.can('hotel:staff:write'));

comment on view api.staff is 'Members with e-mail, roles and last sign-in, those who left among them; for those who may manage staff.';
grant select on api.staff to admin;
