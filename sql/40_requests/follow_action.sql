-- follow_action: what an action brings about beyond the status.
-- may:      called by the workflow trigger
-- refuses:  tax_code_missing, folio_closed, charge_amount_missing, order_is_locked, and what carry_out_change refuses
-- then:     stock and places returned as the items' policy says, booking changed, charge posted or reversed, the room clean, guest and team told
create or replace function app.follow_action(p_request portal.requests, p_workflow jsonb, p_action text, p_input jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_action jsonb := p_workflow -> 'actions' -> p_action;
  v_variables jsonb;
  v_message text;
  -- what the hotel itself declines goes back, whatever it had begun
  v_is_begun boolean := p_request.outcome in ('cancelled', 'expired') and app.has_been_begun(p_request, p_workflow);
  v_dedupe text := p_request.id || ':' || pg_current_xact_id() || ':' || p_action;
begin
  if p_request.outcome in ('cancelled', 'declined', 'expired') then
    perform app.return_stock(p_request.id, v_is_begun);
    perform app.give_back_places(p_request.id);
    perform app.take_back_hours(p_request);
    -- what expires after its time was had: nobody had said so
    if p_request.outcome <> 'expired' or p_request.scheduled_for > app.now() then
      perform app.reverse_charges_of_request(p_request.id, coalesce(p_input ->> 'reason', p_request.outcome), v_is_begun);
    end if;
  end if;
  if (v_action ->> 'changes_booking')::boolean then
    perform app.carry_out_change(p_request);
  end if;
  if p_request.phase = 'closed' then
    perform app.withdraw_alarm(p_request.id);
  end if;
  if jsonb_typeof(v_action -> 'posts_charge') = 'object' then
    perform app.post_request_charges(p_request, v_action -> 'posts_charge', p_input);
  end if;

  if v_action ? 'room_becomes' then
    update public.rooms as m set cleanliness = v_action ->> 'room_becomes', updated_at = app.now()
    where m.tenant_id = p_request.tenant_id and m.id = p_request.room_id and m.cleanliness <> v_action ->> 'room_becomes';
  end if;

  v_variables := app.request_variables(p_request) || jsonb_strip_nulls(jsonb_build_object('reason', p_input ->> 'reason'));
  -- of work that is not on the portal the guest hears nothing
  if p_request.booking_id is not null and exists (
       select from portal.request_types as t
       where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id and t.feature is not null) then
    if p_request.outcome = 'success' then
      v_message := coalesce(v_action ->> 'guest_message', 'request_done');
      perform app.notify_guest(p_request.booking_id, v_message, v_variables, p_request.id, v_message || ':' || p_request.id);
    elsif p_request.outcome in ('cancelled', 'declined', 'failure') then
      if app.actor_kind() <> 'guest' and (v_action ->> 'notify_guest_on_action')::boolean then
        perform app.notify_guest(p_request.booking_id, 'request_cancelled',
                                 '{"reason": {"en": "it could not be done this time", "es": "esta vez no ha sido posible"}}' || v_variables,
                                 p_request.id, 'request_cancelled:' || p_request.id);
      end if;
    elsif (v_action ->> 'notify_guest_on_action')::boolean then
      v_message := coalesce(v_action ->> 'guest_message', 'request_update');
      perform app.notify_guest(p_request.booking_id, v_message, v_variables, p_request.id, v_message || ':' || v_dedupe);
    end if;
  end if;
  if v_action ->> 'slack' is not null then
    perform app.notify_team(p_request.property_id, v_action ->> 'slack',
                            case when app.awaits_approval(p_request.status, p_workflow) then 'approval_needed' else 'request_status' end, v_variables, p_request.id,
                            'request_status:' || v_dedupe);
  end if;
end
$$;

comment on function app.follow_action(portal.requests, jsonb, text, jsonb) is
  'Runs an action''s consequences in the transaction of the status change; if one fails, the whole action fails with its slug.';
