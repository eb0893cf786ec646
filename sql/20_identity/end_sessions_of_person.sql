-- end_sessions_of_person: signed out everywhere: every hotel, every device.
-- may:      called by commands and the sign-in functions
-- refuses:  nothing
-- then:     the tenant that stood stands again
create or replace function app.end_sessions_of_person(p_tenant_id uuid, p_membership_id uuid, p_except uuid, p_reason text)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_tenant_id text := current_setting('app.tenant_id', true);
  v_ended integer := 0;
  v_login record;
  v_count integer;
begin
  for v_login in select r.tenant_id, r.membership_id from app.memberships_of_person(p_tenant_id, p_membership_id) as r loop
    perform set_config('app.tenant_id', v_login.tenant_id::text, true);
    select count(app.end_session(s.id, p_reason)) into v_count
    from identity.sessions as s
    where s.tenant_id = v_login.tenant_id and s.membership_id = v_login.membership_id
      and s.ended_at is null and s.id is distinct from p_except;
    v_ended := v_ended + v_count;
  end loop;
  perform set_config('app.tenant_id', v_tenant_id, true);
  return v_ended;
end
$$;

comment on function app.end_sessions_of_person(uuid, uuid, uuid, text) is 'Ends the open sessions of all memberships of the person behind one of them, but one session, and says how many.';
