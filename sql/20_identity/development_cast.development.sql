-- development_cast: who can be signed in as.
-- definer because users are read across tenants; development build only.
create or replace function app.development_cast()
returns table (email text, display_name text, session_type text, roles text[], hotel_name text)
language sql
stable
security definer
set search_path = ''
as $$
  select u.email, m.display_name, m.session_type,
         (select array_agg(r.key order by r.key)
          from identity.membership_roles as mr
          join identity.roles as r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
          where mr.tenant_id = m.tenant_id and mr.membership_id = m.id),
         t.hotel_name
  from identity.users as u
  join identity.memberships as m on m.user_id = u.id
  join public.tenants as t on t.id = m.tenant_id
  where m.is_active
  order by t.hotel_name desc, m.session_type, u.email
$$;

comment on function app.development_cast() is 'Development build only: everyone who can be signed in as, across tenants.';
