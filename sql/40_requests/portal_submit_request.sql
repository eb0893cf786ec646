-- portal_submit_request: a guest asks for something, or staff do for them or for themselves.
-- may:      a guest for the own booking; members with hotel:requests:write
-- refuses:  idempotency_key_missing, idempotency_key_reused, request_type_unknown, subtype_unknown, feature_closed, after_hours, second_fact_needed, input_missing, input_invalid, input_unknown, items_missing, items_not_taken, item_unknown, quantity_invalid, sold_out, scheduled_for_is_past, scheduled_for_is_not_in_the_stay, scheduled_for_is_far_from_the_stay, booking_not_found, booking_takes_no_requests, property_not_found, note_too_long, twin_in_flight, room_not_found, and what offered_change refuses
-- then:     request, lines, history, stock taken; guest and team told; event
create or replace function api.portal_submit_request(p_request jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_place record;
  v_type portal.request_types;
  v_inputs jsonb;
  v_basket jsonb;
  v_request portal.requests;
begin
  if app.session_role() = 'guest' then
    if app.level() = 'unproven' then
      perform app.require_identified();
    end if;
  else
    perform app.require('hotel:requests:write');
  end if;
  v_answer := app.claim_idempotency_key('portal_submit_request', p_idempotency_key, p_request);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  -- what, where and whether now
  v_place := app.place_of_request(p_request);
  v_type := app.request_type_on_offer(p_request, v_place.property_id, v_place.state);
  v_inputs := app.inputs_of_request(p_request, v_type, v_place.property_id);
  perform app.time_must_lie_in_stay(v_type, v_place.booking_id, v_inputs);
  v_inputs := app.with_offer(v_type, v_place.booking_id, p_request ->> 'subtype', v_inputs);
  v_basket := app.basket_of_request(p_request, v_type, v_place.property_id);
  if v_type.needs_identified or (v_basket ->> 'total')::numeric > 0 then
    perform app.require_identified();
  end if;

  -- write
  v_request := app.insert_request(p_request, v_place.property_id, v_place.booking_id, v_place.room_id, v_type, v_inputs, v_basket);
  perform app.take_stock(v_request.id, v_basket);
  perform app.start_request(v_request);

  v_answer := jsonb_build_object('request', app.request_as_json(v_request.id));
  perform app.keep_answer('portal_submit_request', p_idempotency_key, v_answer);
  perform set_config('response.status', '201', true);
  return jsonb_build_object('status', 201, 'replayed', false, 'body', v_answer);
end
$$;

alter function api.portal_submit_request(jsonb, text) owner to engine;
comment on function api.portal_submit_request(jsonb, text) is
  'Submits a request: {type_slug, subtype, items: [{sku, quantity}], note, severity, scheduled_for, …}; members also title, priority, assignee, property_code, room_number, on_behalf_of (a booking''s id). Answers {status, replayed, body: {request}}. Feature, hours, stock and prices are checked and kept as of this moment; the same key and body answer the same again.';
revoke all on function api.portal_submit_request(jsonb, text) from public;
grant execute on function api.portal_submit_request(jsonb, text) to guest, staff, admin;
