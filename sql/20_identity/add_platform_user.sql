-- add_platform_user: somebody runs the platform from now on, or has a new password.
-- may:      the migrating role, for the command line
-- refuses:  password_hash_invalid, email_has_an_account
-- then:     they sign in at /platform/login; what they had open is over
-- real clock: the life of a session
create or replace function app.add_platform_user(p_email text, p_name text, p_password_hash text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  perform app.password_hash_must_be_one(p_password_hash);
  select u.id into v_user_id from identity.users as u where lower(u.email) = lower(btrim(p_email));
  if v_user_id is not null and not exists (select from identity.platform_users as p where p.user_id = v_user_id) then
    raise exception 'This e-mail address belongs to somebody of a hotel.'
      using errcode = 'PT409', detail = 'email_has_an_account', hint = 'Use an address for the platform alone.';
  elsif v_user_id is null then
    insert into identity.users (email, password_hash) values (lower(btrim(p_email)), p_password_hash) returning id into v_user_id;
  else
    update identity.users as u set password_hash = p_password_hash, updated_at = app.now() where u.id = v_user_id;
  end if;
  insert into identity.platform_users as p (user_id, display_name) values (v_user_id, btrim(p_name))
  on conflict (user_id) do update set display_name = excluded.display_name, is_active = true;
  update identity.platform_sessions as s set ended_at = clock_timestamp(), ended_because = 'password_replaced'
  where s.user_id = v_user_id and s.ended_at is null;
end
$$;

comment on function app.add_platform_user(text, text, text) is 'Makes a platform user, or gives one a new name and password. Nobody of a hotel is one by the same account.';
revoke all on function app.add_platform_user(text, text, text) from public, engine, service;
