-- act_as_member: seeds and tests act as someone of the cast.
-- may:      the migrating role only
-- refuses:  member_not_found
-- then:     the transaction's settings are those of a session of that member
create or replace function app.act_as_member(p_email text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_login record;
begin
  select r.tenant_id, r.membership_id into v_login from app.resolve_login(p_email) as r limit 1;
  if not found or not app.enter_as_member(v_login.tenant_id, v_login.membership_id, null) then
    raise exception 'There is no member %.', app.printed(p_email) using errcode = 'PT404', detail = 'member_not_found';
  end if;
  return v_login.membership_id;
end
$$;

comment on function app.act_as_member(text) is 'For seeds and tests, run by the migrating role: what pre_request does for a token of that member.';
revoke all on function app.act_as_member(text) from public, engine, service;
