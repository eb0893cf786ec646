-- booking_change_offer: can this stay be changed so, and what would it cost?
-- may:      an identified guest for the own booking; members with hotel:requests:write for p_booking_id
-- refuses:  second_fact_needed, booking_not_found, booking_takes_no_requests, request_type_unknown, subtype_unknown, feature_closed, after_hours, input_missing, input_invalid, input_unknown, room_type_not_found, what else is wrong with the question; what cannot be had is an answer
-- then:     nothing: the answer holds for the moment and is asked again at submission and at approval
create or replace function api.booking_change_offer(p_subtype text, p_inputs jsonb default '{}', p_booking_id uuid default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_place record;
  v_type portal.request_types;
  v_booking public.bookings;
  v_inputs jsonb;
  v_message text;
  v_slug text;
  v_hint text;
begin
  if app.session_role() = 'guest' then
    perform app.require_identified();
  else
    perform app.require('hotel:requests:write');
  end if;
  v_place := app.place_of_request(jsonb_build_object('on_behalf_of', coalesce(p_booking_id, app.new_id())));
  v_type := app.request_type_on_offer(jsonb_build_object('type_slug', 'booking_action', 'subtype', p_subtype), v_place.property_id, v_place.state);
  v_inputs := app.typed_inputs(v_place.property_id, v_type.asks || app.asks_of_subtype(v_type, p_subtype), p_inputs, app.actor_kind());
  select b.* into v_booking from public.bookings as b where b.tenant_id = app.tenant_id() and b.id = v_place.booking_id;
  v_inputs := v_inputs || (app.offered_change(v_booking, p_subtype, v_inputs) - 'room_id');
  return jsonb_build_object('is_available', true, 'amount', v_inputs -> 'quoted', 'currency', v_booking.currency, 'inputs', v_inputs - 'quoted');
exception
  when sqlstate 'PT409' then
    get stacked diagnostics v_message = message_text, v_slug = pg_exception_detail, v_hint = pg_exception_hint;
    return jsonb_build_object('is_available', false, 'slug', v_slug, 'message', v_message, 'hint', v_hint);
end
$$;

alter function api.booking_change_offer(text, jsonb, uuid) owner to engine;
comment on function api.booking_change_offer(text, jsonb, uuid) is
  'Answers {is_available: true, amount, currency, inputs} or {is_available: false, slug, message, hint} for a subtype of booking_action and what it asks for: check_out_time; check_in_time; check_out; room_type, because; occasion, date. Asking again changes nothing.';
revoke all on function api.booking_change_offer(text, jsonb, uuid) from public;
grant execute on function api.booking_change_offer(text, jsonb, uuid) to guest, staff, admin;
