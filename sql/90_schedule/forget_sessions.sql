-- forget_sessions: sessions that ended long ago are gone, and the secrets that opened them.
create or replace function app.forget_sessions(p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_sessions uuid[] := array(
    select s.id
    from identity.sessions as s
    where s.tenant_id = app.tenant_id() and s.session_type <> 'kiosk' and coalesce(s.ended_at, s.expires_at) < p_before
    order by s.id
    limit p_limit
    for update skip locked);
begin
  delete from identity.refresh_tokens as r where r.tenant_id = app.tenant_id() and r.session_id = any (v_sessions);
  delete from identity.sessions as s where s.tenant_id = app.tenant_id() and s.id = any (v_sessions);
  return cardinality(v_sessions);
end
$$;

comment on function app.forget_sessions(timestamptz, integer) is 'Sessions of people that were over before an instant, at all of the tenant''s properties. A kiosk''s belongs to its kiosk.';
