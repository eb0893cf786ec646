-- complete_onboarding: the hotel is open.
-- may:      hotel:settings:write
-- refuses:  rooms_missing
-- then:     the owner is no longer led back to the onboarding
create or replace function api.complete_onboarding()
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_completed_at timestamptz;
begin
  perform app.require('hotel:settings:write');
  if not exists (select from public.rooms as r where r.tenant_id = app.tenant_id() and r.is_active) then
    raise exception 'The house has no rooms yet.'
      using errcode = 'PT409', detail = 'rooms_missing', hint = 'Add at least one room.';
  end if;
  update public.tenants as t set onboarding_completed_at = coalesce(t.onboarding_completed_at, app.now()), updated_at = app.now()
  where t.id = app.tenant_id()
  returning t.onboarding_completed_at into v_completed_at;
  return jsonb_build_object('onboarding_completed_at', v_completed_at);
end
$$;

alter function api.complete_onboarding() owner to engine;
comment on function api.complete_onboarding() is 'Ends the onboarding; it needs a room for that. The same again changes nothing.';
revoke all on function api.complete_onboarding() from public;
grant execute on function api.complete_onboarding() to staff, admin;
