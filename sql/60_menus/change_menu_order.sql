-- change_menu_order: until it is locked, an order is made anew: other dishes, another time, more people.
-- may:      a guest for the own order; members with hotel:requests:write
-- refuses:  idempotency_key_missing, idempotency_key_reused, twin_in_flight, field_unknown, field_invalid, request_not_found, booking_not_found, booking_takes_no_requests, second_fact_needed, order_is_locked, menu_unknown, feature_closed, items_missing, item_unknown, quantity_invalid, people_invalid, choices_invalid, choice_gone, sold_out, total_changed, note_too_long, input_invalid, slot_unknown, slot_closed, slot_full, party_is_served, folio_closed, tax_code_missing, inclusive_price_carries_one_tax
-- then:     lines of a new revision, places moved, the charge reversed and posted anew; guest and kitchen told; event
create or replace function api.change_menu_order(p_request_id uuid, p_order jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_stay record;
  v_menu service_menus.menus;
  v_basket jsonb;
  v_serving record;
  v_request portal.requests;
  v_order service_menus.orders;
  v_people integer;
begin
  if app.session_role() = 'guest' then
    perform app.require_identified();
  else
    perform app.require('hotel:requests:write');
  end if;
  perform app.refuse_unknown_fields(p_order, 'menu order', array[
    'menu_id', 'slot_id', 'served_on', 'people', 'items', 'sides', 'drinks', 'note', 'expected_total']);
  v_answer := app.claim_idempotency_key('change_menu_order', p_idempotency_key, p_order || jsonb_build_object('request_id', p_request_id));
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  -- lock: the booking before its request
  select o.* into v_order
  from service_menus.orders as o
  join portal.requests as r on r.tenant_id = o.tenant_id and r.id = o.request_id
  where o.tenant_id = app.tenant_id() and o.request_id = p_request_id and app.sees_property(r.property_id)
    and (app.session_role() is distinct from 'guest' or r.booking_id = app.booking_id());
  if not found then
    raise exception 'There is no such order.' using errcode = 'PT404', detail = 'request_not_found';
  end if;
  v_stay := app.booking_of_order((select r.booking_id from portal.requests as r where r.tenant_id = app.tenant_id() and r.id = p_request_id));
  v_request := app.lock_request(p_request_id);
  select o.* into v_order from service_menus.orders as o where o.tenant_id = v_request.tenant_id and o.request_id = v_request.id for no key update;
  perform app.order_must_be_open(v_order, v_request.status = 'placed');

  -- what it is to be
  v_menu := app.menu_of_order(case when p_order ->> 'menu_id' = v_order.menu_id::text then p_order ->> 'menu_id' end, v_request.property_id, v_stay.state);
  v_basket := app.basket_of_menu_order(p_order, v_menu);
  v_people := (v_basket ->> 'people')::integer;
  v_serving := app.serving_of_order(p_order, v_menu, v_stay.booking);
  perform app.party_must_fit(v_menu, v_stay.booking, v_serving.session_id, v_people, v_request.id);
  perform app.move_places(v_order.session_id, v_order.people, v_serving.session_id, v_people, v_serving.capacity, v_menu, v_stay.booking);

  -- write
  update service_menus.orders as o
  set session_id = v_serving.session_id, people = v_people, revision = o.revision + 1, pricing_mode = v_menu.pricing_mode,
      price_per_person = v_menu.price_per_person, total = (v_basket ->> 'total')::numeric, taxes = v_basket -> 'taxes', updated_at = app.now()
  where o.tenant_id = v_order.tenant_id and o.id = v_order.id
  returning * into v_order;
  update portal.requests as r
  set title = v_basket -> 'title', note = nullif(btrim(p_order ->> 'note'), ''), scheduled_for = v_serving.starts_at, total = v_order.total,
      last_actor_name = app.actor_name(), updated_at = app.now()
  where r.tenant_id = v_request.tenant_id and r.id = v_request.id
  returning * into v_request;
  perform app.write_order_lines(v_order, v_basket);
  perform app.reverse_charges_of_request(v_request.id, 'The order was changed.');
  perform app.post_menu_charge(v_request, v_order);
  perform app.tell_of_changed_order(v_request, v_order.revision);

  v_answer := jsonb_build_object('request', app.request_as_json(v_request.id), 'order', app.menu_order_as_json(v_request.id));
  perform app.keep_answer('change_menu_order', p_idempotency_key, v_answer);
  return jsonb_build_object('status', 200, 'replayed', false, 'body', v_answer);
end
$$;

alter function api.change_menu_order(uuid, jsonb, text) owner to engine;
comment on function api.change_menu_order(uuid, jsonb, text) is
  'Replaces an order that is not locked by another of the same menu, given as to submit_menu_order. Answers {status, replayed, body: {request, order}}; the same key and body answer the same again. From the menu''s lock time on: 409 order_is_locked.';
revoke all on function api.change_menu_order(uuid, jsonb, text) from public;
grant execute on function api.change_menu_order(uuid, jsonb, text) to guest, staff, admin;
