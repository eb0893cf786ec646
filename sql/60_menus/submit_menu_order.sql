-- submit_menu_order: a guest orders from a menu for a day and time, or staff do for them.
-- may:      a guest for the own booking; members with hotel:requests:write
-- refuses:  idempotency_key_missing, idempotency_key_reused, twin_in_flight, field_unknown, field_invalid, booking_not_found, booking_takes_no_requests, second_fact_needed, menu_unknown, feature_closed, items_missing, item_unknown, quantity_invalid, people_invalid, choices_invalid, choice_gone, sold_out, total_changed, note_too_long, input_invalid, slot_unknown, slot_closed, slot_full, party_is_served, folio_closed, tax_code_missing, inclusive_price_carries_one_tax
-- then:     request, order, lines, places taken, charge posted; guest and kitchen told; event
create or replace function api.submit_menu_order(p_order jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_stay record;
  v_type portal.request_types;
  v_menu service_menus.menus;
  v_basket jsonb;
  v_serving record;
  v_request portal.requests;
  v_order service_menus.orders;
begin
  if app.session_role() = 'guest' then
    perform app.require_identified();
  else
    perform app.require('hotel:requests:write');
  end if;
  perform app.refuse_unknown_fields(p_order, 'menu order', array[
    'menu_id', 'slot_id', 'served_on', 'people', 'items', 'sides', 'drinks', 'note', 'expected_total', 'on_behalf_of']);
  v_answer := app.claim_idempotency_key('submit_menu_order', p_idempotency_key, p_order);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  -- what, for when, and whether now
  v_stay := app.booking_of_order(case app.session_role() when 'guest' then app.booking_id() else app.uuid_or_null(p_order ->> 'on_behalf_of') end);
  v_menu := app.menu_of_order(p_order ->> 'menu_id', (v_stay.booking).property_id, v_stay.state);
  v_basket := app.basket_of_menu_order(p_order, v_menu);
  v_serving := app.serving_of_order(p_order, v_menu, v_stay.booking);
  perform app.party_must_fit(v_menu, v_stay.booking, v_serving.session_id, (v_basket ->> 'people')::integer, null);
  perform app.move_places(null, null, v_serving.session_id, (v_basket ->> 'people')::integer, v_serving.capacity, v_menu, v_stay.booking);

  -- write
  select t.* into v_type from portal.request_types as t where t.tenant_id = app.tenant_id() and t.slug = 'menu_order';
  v_request := app.insert_request(
    jsonb_build_object('note', p_order ->> 'note'), v_menu.property_id, (v_stay.booking).id, (v_stay.booking).room_id, v_type,
    jsonb_build_object('scheduled_for', v_serving.starts_at), v_basket);
  insert into service_menus.orders (tenant_id, request_id, menu_id, session_id, people, pricing_mode, price_per_person, total, taxes, created_at, updated_at)
  values (v_request.tenant_id, v_request.id, v_menu.id, v_serving.session_id, (v_basket ->> 'people')::integer, v_menu.pricing_mode, v_menu.price_per_person,
          v_request.total, v_basket -> 'taxes', app.now(), app.now())
  returning * into v_order;
  perform app.write_order_lines(v_order, v_basket);
  perform app.start_request(v_request);
  perform app.post_menu_charge(v_request, v_order);

  v_answer := jsonb_build_object('request', app.request_as_json(v_request.id), 'order', app.menu_order_as_json(v_request.id));
  perform app.keep_answer('submit_menu_order', p_idempotency_key, v_answer);
  perform set_config('response.status', '201', true);
  return jsonb_build_object('status', 201, 'replayed', false, 'body', v_answer);
end
$$;

alter function api.submit_menu_order(jsonb, text) owner to engine;
comment on function api.submit_menu_order(jsonb, text) is
  'Orders {menu_id, slot_id, served_on, people, items: [{id, quantity, choices: {group id: [key]}}], sides: [{id, quantity}], drinks, note, expected_total}; members also on_behalf_of (a booking''s id). Answers {status, replayed, body: {request, order}}. Menu, choices, sold out, places and prices are held against this moment, and what it costs is posted at once; the same key and body answer the same again.';
revoke all on function api.submit_menu_order(jsonb, text) from public;
grant execute on function api.submit_menu_order(jsonb, text) to guest, staff, admin;
