-- my_platform_notices: what the signed-in person of the platform has to be told.
-- may:      the platform's own people, for themselves
-- refuses:  nothing
-- then:     nothing: dismiss_notices marks it as read
create or replace function api.my_platform_notices()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select app.platform_notices(app.actor_id())
$$;

alter function api.my_platform_notices() owner to engine;
comment on function api.my_platform_notices() is 'What the caller has not yet read about their own sign-ins: [{kind, at}], as my_notices for members.';
revoke all on function api.my_platform_notices() from public;
grant execute on function api.my_platform_notices() to platform;
