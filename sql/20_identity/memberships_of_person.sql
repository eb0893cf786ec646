-- memberships_of_person: the memberships that one and the same person is known to hold.
-- may:      called by commands and the sign-in functions
-- refuses:  nothing
-- then:     the tenant that stood stands again
create or replace function app.memberships_of_person(p_tenant_id uuid, p_membership_id uuid)
returns table (tenant_id uuid, membership_id uuid)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_tenant_id text := current_setting('app.tenant_id', true);
  v_email text;
  v_hash text;
  v_login record;
begin
  perform set_config('app.tenant_id', p_tenant_id::text, true);
  select u.email, w.password_hash into v_email, v_hash
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  left join identity.passwords as w on w.tenant_id = m.tenant_id and w.membership_id = m.id
  where m.tenant_id = p_tenant_id and m.id = p_membership_id;
  for v_login in select r.tenant_id, r.membership_id from app.resolve_login(v_email) as r loop
    perform set_config('app.tenant_id', v_login.tenant_id::text, true);
    return query
      select v_login.tenant_id, v_login.membership_id
      where v_login.membership_id = p_membership_id
        or exists (select from identity.passwords as w
                   where w.tenant_id = v_login.tenant_id and w.membership_id = v_login.membership_id and w.password_hash = v_hash);
  end loop;
  perform set_config('app.tenant_id', v_tenant_id, true);
end
$$;

comment on function app.memberships_of_person(uuid, uuid) is
  'The membership itself and those of the same e-mail with the same password: an e-mail alone proves nobody. Commands never tell a caller.';
