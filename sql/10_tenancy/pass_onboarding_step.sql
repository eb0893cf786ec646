-- pass_onboarding_step: a step of the onboarding is done, or skipped.
-- may:      hotel:settings:write
-- refuses:  onboarding_step_unknown
-- then:     whoever comes back is led to the next one
create or replace function api.pass_onboarding_step(p_step text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:settings:write');
  if p_step is null or p_step not in ('property', 'taxes', 'rooms', 'teams', 'staff') then
    raise exception 'The onboarding has no such step.'
      using errcode = 'PT422', detail = 'onboarding_step_unknown', hint = 'The steps are property, taxes, rooms, teams and staff.';
  end if;
  update public.tenants as t set onboarding_steps = t.onboarding_steps || p_step, updated_at = app.now()
  where t.id = app.tenant_id() and p_step <> all (t.onboarding_steps);
  return jsonb_build_object('step', p_step);
end
$$;

alter function api.pass_onboarding_step(text) owner to engine;
comment on function api.pass_onboarding_step(text) is 'Remembers that property, taxes, rooms, teams or staff was gone through. The same again changes nothing.';
revoke all on function api.pass_onboarding_step(text) from public;
grant execute on function api.pass_onboarding_step(text) to staff, admin;
