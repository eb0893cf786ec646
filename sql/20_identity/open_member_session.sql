-- open_member_session: a member has proven who they are.
-- may:      service, for the sign-in functions
-- refuses:  nothing: null when there is no such active member
-- then:     a session of thirty days at most; its secret must be shown every seven
-- real clock: the life of a session
create or replace function app.open_member_session(p_tenant_id uuid, p_membership_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid := app.new_id();
  v_session record;
begin
  if not app.enter_as_member(p_tenant_id, p_membership_id, v_id) then
    return null;
  end if;
  insert into identity.sessions (tenant_id, id, session_type, membership_id, expires_at)
  values (p_tenant_id, v_id, app.session_role(), p_membership_id, clock_timestamp() + interval '30 days')
  returning id, expires_at into v_session;
  return jsonb_build_object(
    'role', app.session_role(), 'sub', p_membership_id, 'session_id', v_session.id,
    'tenant_id', p_tenant_id, 'booking_id', null, 'level', null,
    'language', app.language(), 'expires_at', v_session.expires_at);
end
$$;

alter function app.open_member_session(uuid, uuid) owner to engine;
comment on function app.open_member_session(uuid, uuid) is 'Opens a session of the member''s own type and gives its claims, as tokens are minted from them.';
