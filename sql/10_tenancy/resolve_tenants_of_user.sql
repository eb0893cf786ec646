-- resolve_tenants_of_user: where a person is or was a member.
-- definer because other tenants' memberships are looked at; owned by resolver, which sees nothing else.
create or replace function app.resolve_tenants_of_user(p_user_id uuid)
returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(array_agg(m.tenant_id order by m.tenant_id), '{}') from identity.memberships as m where m.user_id = p_user_id
$$;

alter function app.resolve_tenants_of_user(uuid) owner to resolver;
comment on function app.resolve_tenants_of_user(uuid) is
  'Tenants a person belongs or belonged to: a password is changed by another only where it opens that one''s house alone. Commands never tell a caller.';
