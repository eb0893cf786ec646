-- register_tenant: a hotel begins: the tenant, its first property, its owner and what every tenant is given, at once or not at all.
-- may:      service, for the function auth-register
-- refuses:  idempotency_key_reused, twin_in_flight, slug_is_taken, slug_invalid, and what a property refuses
-- then:     the owner may sign in and is led through the onboarding
create or replace function app.register_tenant(p_registration jsonb, p_password_hash text, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_made jsonb := app.claim_registration(p_idempotency_key, p_registration);
  v_owner jsonb := p_registration -> 'owner';
  v_email text := lower(btrim(v_owner ->> 'email'));
  v_tenant_id uuid;
  v_user_id uuid;
  v_membership_id uuid := app.new_id();
begin
  if v_made is not null then
    perform app.set_caller((v_made ->> 'tenant_id')::uuid);
    return v_made || jsonb_build_object('outcome', case when exists (
      select from identity.passwords as w
      where w.tenant_id = (v_made ->> 'tenant_id')::uuid and w.membership_id = (v_made ->> 'membership_id')::uuid
        and w.password_hash = p_password_hash) then 'replayed' else 'refused' end);
  end if;
  v_tenant_id := app.make_tenant(p_registration ->> 'hotel_name', p_registration ->> 'slug', v_membership_id, btrim(v_owner ->> 'name'));

  -- the owner: whoever else has this e-mail address, their passwords open nothing here, and this one nothing of theirs
  insert into identity.users (id, email) values (app.new_id(), v_email) on conflict do nothing;
  v_user_id := app.resolve_user(v_email);
  insert into identity.memberships (tenant_id, id, user_id, display_name, session_type, property_ids, teams, language)
  values (v_tenant_id, v_membership_id, v_user_id, btrim(v_owner ->> 'name'), 'admin', '{}', '{}', coalesce(v_owner ->> 'language', 'en'));
  insert into identity.passwords (tenant_id, membership_id, password_hash, accepted_at, changed_at)
  values (v_tenant_id, v_membership_id, p_password_hash, app.now(), app.now());
  perform app.copy_roles();
  insert into identity.membership_roles (tenant_id, membership_id, role_id)
  select r.tenant_id, v_membership_id, r.id from identity.roles as r where r.tenant_id = v_tenant_id and r.key = 'OWNER';
  update public.tenants as t set owner_user_id = v_user_id where t.id = v_tenant_id;

  -- the property, laid out by its owner; then what every tenant is given
  perform app.set_caller(
    v_tenant_id, 'admin', v_membership_id, btrim(v_owner ->> 'name'),
    p_permissions => array(select p from app.member_permissions(v_tenant_id, v_membership_id) as p order by p));
  perform app.first_property(p_registration #>> '{property,code}', (p_registration -> 'property') - 'code');
  perform app.copy_reference(v_tenant_id);
  update identity.registrations as r set made_tenant_id = v_tenant_id, made_membership_id = v_membership_id
  where r.key_digest = app.digest(p_idempotency_key);
  return jsonb_build_object('outcome', 'made', 'tenant_id', v_tenant_id, 'membership_id', v_membership_id);
end
$$;

alter function app.register_tenant(jsonb, text, text) owner to engine;
comment on function app.register_tenant(jsonb, text, text) is
  'Makes {hotel_name, slug?, owner: {name, email, language?}, property: {code, …}}; the hash is of the owner''s password for it. The same key again is outcome replayed with what it made, or refused with another password.';
