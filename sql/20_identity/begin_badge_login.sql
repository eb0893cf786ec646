-- begin_badge_login: the holder of a personal QR code is about to say a password.
-- may:      service, for the sign-in functions
-- refuses:  nothing: outcome says locked or unknown, so that the counters survive
-- then:     the try counts as failed until accept_login takes it back
create or replace function app.begin_badge_login(p_tenant_id uuid, p_membership_id uuid, p_address text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_login record;
  v_wait integer;
begin
  perform app.set_caller(p_tenant_id);
  select t.id as tenant_id, m.id as membership_id, t.slug as tenant_slug, t.hotel_name, u.email, u.password_hash
  into v_login
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  join public.tenants as t on t.id = m.tenant_id
  where m.tenant_id = p_tenant_id and m.id = p_membership_id and m.is_active and m.session_type = 'staff';
  v_wait := app.count_login(app.login_buckets(v_login.email, p_address));
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  return jsonb_build_object(
    'outcome', 'ready', 'email', v_login.email, 'password_hash', v_login.password_hash,
    'logins', case when v_login.email is null then '[]' else jsonb_build_array(to_jsonb(v_login) - '{email,password_hash}'::text[]) end);
end
$$;

alter function app.begin_badge_login(uuid, uuid, text) owner to engine;
comment on function app.begin_badge_login(uuid, uuid, text) is 'As begin_login, for the one membership that a personal QR code stands for; with the e-mail it counts under.';
