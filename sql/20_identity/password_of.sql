-- password_of: what a change of password has to know first.
-- may:      service, for the function auth-password
-- refuses:  nothing: null when there is no such active member
-- then:     nothing
create or replace function app.password_of(p_tenant_id uuid, p_membership_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.set_caller(p_tenant_id);
  return (
    select jsonb_build_object(
      'email', u.email, 'password_hash', w.password_hash, 'one_time', encode(w.one_time_digest, 'hex'),
      'near', jsonb_build_array(u.email, m.display_name, t.hotel_name))
    from identity.memberships as m
    join identity.users as u on u.id = m.user_id
    join public.tenants as t on t.id = m.tenant_id
    left join identity.passwords as w on w.tenant_id = m.tenant_id and w.membership_id = m.id
    where m.tenant_id = p_tenant_id and m.id = p_membership_id and m.is_active);
end
$$;

alter function app.password_of(uuid, uuid) owner to engine;
comment on function app.password_of(uuid, uuid) is 'A member''s hash or the digest of their password for once, and what a new password may not contain.';
