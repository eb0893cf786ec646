-- give_password_for_once: a membership is opened by a password for once, and by nothing else.
-- may:      called by invite_member and give_one_time_password
-- refuses:  nothing
-- then:     it holds for seven days
create or replace function app.give_password_for_once(p_membership_id uuid)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_password text := app.one_time_password();
begin
  insert into identity.passwords as w (tenant_id, membership_id, one_time_digest, one_time_until, changed_at)
  values (app.tenant_id(), p_membership_id, app.digest(replace(v_password, '-', '')), app.now() + interval '7 days', app.now())
  on conflict (tenant_id, membership_id) do update
  set password_hash = null, one_time_digest = excluded.one_time_digest, one_time_until = excluded.one_time_until, changed_at = excluded.changed_at;
  return v_password;
end
$$;

comment on function app.give_password_for_once(uuid) is 'The password for once of a member of the tenant, in the place of what opened the membership before.';
