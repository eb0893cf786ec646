-- dismiss_notices: the member has seen what they were told.
-- may:      any member, and the platform's own people, for themselves
-- refuses:  nothing
-- then:     my_notices is empty, my_platform_notices too
-- real clock: the life of a session
create or replace function api.dismiss_notices()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_seen integer;
begin
  update identity.notices as n set seen_at = app.now()
  where n.tenant_id = app.tenant_id() and n.membership_id = app.actor_id() and n.seen_at is null;
  if app.session_role() = 'platform' then
    update identity.platform_sessions as s set told_at = clock_timestamp()
    where s.user_id = app.actor_id() and s.ended_because = 'refresh_reused' and s.told_at is null;
  end if;
  get diagnostics v_seen = row_count;
  return jsonb_build_object('seen', v_seen);
end
$$;

alter function api.dismiss_notices() owner to engine;
comment on function api.dismiss_notices() is 'Marks the caller''s own notices as seen and says how many; a second call finds none.';
revoke all on function api.dismiss_notices() from public;
grant execute on function api.dismiss_notices() to staff, admin, platform;
