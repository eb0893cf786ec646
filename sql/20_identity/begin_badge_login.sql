-- begin_badge_login: the holder of a personal QR code is about to say a password.
-- may:      service, for the sign-in functions
-- refuses:  nothing: outcome says locked or unknown, so that the counters survive
-- then:     the try counts as failed until accept_login takes it back
create or replace function app.begin_badge_login(p_tenant_id uuid, p_membership_id uuid, p_address text, p_one_time_digest bytea default null)
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
  select t.id as tenant_id, m.id as membership_id, t.slug as tenant_slug, t.hotel_name, u.email, w.password_hash,
         app.password_state(w, p_one_time_digest) as one_time
  into v_login
  from identity.memberships as m
  join identity.users as u on u.id = m.user_id
  join public.tenants as t on t.id = m.tenant_id
  left join identity.passwords as w on w.tenant_id = m.tenant_id and w.membership_id = m.id
  where m.tenant_id = p_tenant_id and m.id = p_membership_id and m.is_active and m.session_type = 'staff';
  v_wait := app.count_login(app.login_buckets(v_login.email, p_address));
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  return jsonb_build_object(
    'outcome', 'ready', 'email', v_login.email,
    'logins', case when v_login.email is null then '[]' else jsonb_build_array(to_jsonb(v_login) - 'email') end);
end
$$;

alter function app.begin_badge_login(uuid, uuid, text, bytea) owner to engine;
comment on function app.begin_badge_login(uuid, uuid, text, bytea) is 'As begin_login, for the one membership that a personal QR code stands for; with the e-mail it counts under.';
