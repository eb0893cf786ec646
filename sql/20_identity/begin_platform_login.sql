-- begin_platform_login: somebody of the platform is about to say a password.
-- may:      service, for the sign-in functions
-- refuses:  nothing: outcome says locked, so that the counters survive
-- then:     the try counts as failed until accept_platform_login takes it back
create or replace function app.begin_platform_login(p_email text, p_address text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_wait integer := app.count_login(app.login_buckets(p_email, p_address));
  v_user record;
begin
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  select u.id, u.password_hash into v_user
  from identity.platform_users as p
  join identity.users as u on u.id = p.user_id
  where u.id = app.resolve_user(p_email) and p.is_active;
  return jsonb_build_object('outcome', 'ready', 'password_hash', v_user.password_hash, 'user_id', v_user.id);
end
$$;

alter function app.begin_platform_login(text, text) owner to engine;
comment on function app.begin_platform_login(text, text) is 'As begin_login, for the platform''s own people: user_id is null for everybody else.';
