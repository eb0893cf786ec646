-- register_tenant: a hotel begins: the tenant, its first property, its owner and what every tenant is given, at once or not at all.
-- may:      service, for the function auth-register
-- refuses:  idempotency_key_reused, twin_in_flight, slug_is_taken, slug_invalid, email_needs_its_password, and what a property refuses
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
  v_user_id uuid := app.new_id();
  v_membership_id uuid := app.new_id();
begin
  if v_made is not null then
    -- whoever believes that the account is new has proven nothing
    return v_made || jsonb_build_object('outcome', case when p_password_hash is null then 'replayed' else 'prove' end);
  end if;
  v_tenant_id := app.make_tenant(p_registration ->> 'hotel_name', p_registration ->> 'slug', v_membership_id, btrim(v_owner ->> 'name'));

  -- the owner
  if p_password_hash is null then
    v_user_id := app.resolve_user(v_email);
  else
    insert into identity.users (id, email, password_hash, must_change_password) values (v_user_id, v_email, p_password_hash, false)
    on conflict do nothing;
    if not found then
      raise exception 'This e-mail address belongs to an account.'
        using errcode = 'PT409', detail = 'email_needs_its_password', hint = 'If it is yours, send the password you sign in with.';
    end if;
  end if;
  insert into identity.memberships (tenant_id, id, user_id, display_name, session_type, property_ids, teams, language)
  values (v_tenant_id, v_membership_id, v_user_id, btrim(v_owner ->> 'name'), 'admin', '{}', '{}', coalesce(v_owner ->> 'language', 'en'));
  perform app.copy_roles();
  insert into identity.membership_roles (tenant_id, membership_id, role_id)
  select r.tenant_id, v_membership_id, r.id from identity.roles as r where r.tenant_id = v_tenant_id and r.key = 'OWNER';
  update public.tenants as t set owner_user_id = v_user_id where t.id = v_tenant_id;

  -- the property, laid out by its owner; then what every tenant is given
  perform app.set_caller(v_tenant_id, 'admin', v_membership_id, btrim(v_owner ->> 'name'), p_permissions => app.member_permissions(v_membership_id));
  perform app.first_property(p_registration #>> '{property,code}', (p_registration -> 'property') - 'code');
  perform app.copy_reference(v_tenant_id);
  update identity.registrations as r set made_tenant_id = v_tenant_id, made_membership_id = v_membership_id
  where r.key_digest = app.digest(p_idempotency_key);
  return jsonb_build_object('outcome', 'made', 'tenant_id', v_tenant_id, 'membership_id', v_membership_id);
end
$$;

alter function app.register_tenant(jsonb, text, text) owner to engine;
comment on function app.register_tenant(jsonb, text, text) is
  'Makes {hotel_name, slug?, owner: {name, email, language?}, property: {code, …}}; without a hash the owner is the account of that e-mail, whose password has been verified. The same key again is outcome replayed with what it made, or prove when the password still has to be verified.';
