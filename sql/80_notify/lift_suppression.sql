-- lift_suppression: a guest asked to be written to again, or has a mailbox again.
-- may:      hotel:messages:write
-- refuses:  permission_missing, suppression_not_found, suppression_is_the_providers, input_invalid
-- then:     the address may be written to; of who had said STOP the new consent is kept with how it was given and by whom it was heard; the audit log knows
create or replace function api.lift_suppression(p_suppression_id uuid, p_how text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_suppression notify.suppressions;
begin
  perform app.require('hotel:messages:write');
  if p_how is null or p_how not in ('in_person', 'by_phone', 'in_writing') then
    raise exception 'It has to be known how the guest asked.'
      using errcode = 'PT422', detail = 'input_invalid', hint = 'p_how is one of in_person, by_phone, in_writing.';
  end if;
  -- lock
  select s.* into v_suppression
  from notify.suppressions as s
  where s.tenant_id = app.tenant_id() and s.id = p_suppression_id
  for no key update;
  if not found then
    raise exception 'There is no such suppression.'
      using errcode = 'PT404', detail = 'suppression_not_found', hint = 'Reload the page.';
  elsif v_suppression.reason not in ('stop', 'bounce') then
    raise exception 'The provider refuses this number, not the hotel.'
      using errcode = 'PT409', detail = 'suppression_is_the_providers', hint = 'Ask the guest to write START to the hotel''s number.';
  end if;

  if v_suppression.lifted_at is null then
    update notify.suppressions as s
    set lifted_at = app.now(), lifted_by = app.actor_id(), lifted_how = p_how
    where s.tenant_id = v_suppression.tenant_id and s.id = v_suppression.id;
    if v_suppression.reason = 'stop' then
      perform app.keep_consent(app.tenant_id(), null, v_suppression.address, 'stay_service', true, 'staff',
                               jsonb_build_object('how', p_how, 'by', app.actor_id()));
    end if;
  end if;
  return jsonb_build_object('id', v_suppression.id, 'reason', v_suppression.reason, 'lifted', v_suppression.lifted_at is null);
end
$$;

alter function api.lift_suppression(uuid, text) owner to engine;
comment on function api.lift_suppression(uuid, text) is
  'Lifts stop or bounce, never what a provider refuses. p_how: in_person, by_phone or in_writing, the proof that the guest asked for it. Answers {id, reason, lifted}; a second call finds it lifted and changes nothing. Marketing needs a consent of its own.';
revoke all on function api.lift_suppression(uuid, text) from public;
grant execute on function api.lift_suppression(uuid, text) to admin;
