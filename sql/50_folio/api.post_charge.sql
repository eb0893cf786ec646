-- post_charge: staff put something on a guest's folio.
-- may:      hotel:charges:write
-- refuses:  booking_not_found, charge_invalid, idempotency_key_missing, idempotency_key_reused, folio_closed, tax_code_missing, inclusive_price_carries_one_tax, twin_in_flight, input_invalid
-- then:     the charge with its taxes; the guest's receipt; event
create or replace function api.post_charge(p_charge jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_booking record;
  v_folio_id uuid;
  v_charge_id uuid;
  v_price numeric;
begin
  perform app.require('hotel:charges:write');
  v_answer := app.claim_idempotency_key('post_charge', p_idempotency_key, p_charge);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  select b.id, b.property_id, b.currency into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = app.uuid_or_null(p_charge ->> 'booking_id') and app.sees_property(b.property_id);
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  end if;
  v_price := (app.typed_input(v_booking.property_id, 'unit_price', '{"type": "money"}', coalesce(p_charge -> 'unit_price', '""')) #>> '{}')::numeric;
  if jsonb_typeof(coalesce(p_charge -> 'quantity', '1')) <> 'number' or coalesce(p_charge ->> 'quantity', '1') !~ '^[1-9][0-9]{0,3}$'
     or v_price <= 0 or length(btrim(coalesce(p_charge ->> 'description', ''))) not between 1 and 200
     or coalesce(p_charge ->> 'category', '') <> all (app.charge_categories()) then
    raise exception 'The charge cannot be read.'
      using errcode = 'PT422', detail = 'charge_invalid',
            hint = 'Give booking_id, category, description (up to 200 characters), unit_price above 0, and quantity 1 to 9999.';
  elsif coalesce((p_charge ->> 'quantity')::numeric, 1) * v_price >= 10000000000 then
    -- with every tax on top it still has to fit into what the bill can hold
    raise exception 'That is more than a bill can hold.'
      using errcode = 'PT422', detail = 'charge_invalid', hint = 'Less than 10,000,000,000 in all.';
  end if;

  v_folio_id := app.open_folio(v_booking.id);
  v_charge_id := app.post_charge(
    v_folio_id, p_charge ->> 'category', jsonb_build_object('en', btrim(p_charge ->> 'description')),
    coalesce((p_charge ->> 'quantity')::integer, 1), v_price, null,
    format('manual:%s', app.new_id()));
  v_answer := app.charge_as_json(v_charge_id);
  perform app.notify_guest(v_booking.id, 'folio_charge_posted',
                           app.receipt_variables(v_folio_id, jsonb_build_object('en', btrim(p_charge ->> 'description')), (v_answer ->> 'gross')::numeric),
                           null, 'folio_charge_posted:' || v_charge_id);
  v_answer := jsonb_build_object('charge', v_answer);
  return app.answer_created('post_charge', p_idempotency_key, v_answer);
end
$$;

alter function api.post_charge(jsonb, text) owner to engine;
comment on function api.post_charge(jsonb, text) is
  'Posts {booking_id, category, description, unit_price, quantity} to the booking''s folio in the property''s tax mode. Answers {status, replayed, body: {charge}}; the same key and body answer the same again.';
revoke all on function api.post_charge(jsonb, text) from public;
grant execute on function api.post_charge(jsonb, text) to staff, admin, kiosk;
