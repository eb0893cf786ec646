-- report_reuse: a secret that had given way was shown again: two hold it, and one of them should not.
-- may:      called by rotate_refresh_token
-- refuses:  nothing
-- then:     the session is over; its member finds a notice at the next sign-in, the owner an alert
create or replace function app.report_reuse(p_session identity.sessions)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.end_session(p_session.id, 'refresh_reused');
  if p_session.membership_id is null then
    return;
  end if;
  insert into identity.notices (tenant_id, membership_id, kind, details, created_at)
  values (p_session.tenant_id, p_session.membership_id, 'refresh_reused', jsonb_build_object('session_id', p_session.id), app.now());
  perform app.raise_sign_in_alert(
    p_session.tenant_id, null, 'refresh_reused', 'A sign-in was used from two places and has been ended.',
    jsonb_build_object('session_id', p_session.id, 'membership_id', p_session.membership_id), 'refresh_reused:' || p_session.id);
end
$$;

comment on function app.report_reuse(identity.sessions) is 'Ends the whole family of a secret that was shown twice and tells whom it concerns. A guest opens the link again and is told nothing.';
