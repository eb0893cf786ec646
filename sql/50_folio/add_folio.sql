-- add_folio: a further bill of a booking, for a company or a fellow guest.
-- may:      hotel:charges:write
-- refuses:  booking_not_found, payer_invalid, too_many_folios, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     the bill, empty; event
create or replace function api.add_folio(p_folio jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_booking public.bookings;
  v_number integer;
  v_folio_id uuid;
begin
  perform app.require('hotel:charges:write');
  v_answer := app.claim_idempotency_key('add_folio', p_idempotency_key, p_folio);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  -- lock
  v_booking := app.lock_booking(app.uuid_or_null(p_folio ->> 'booking_id'));
  if length(btrim(coalesce(p_folio ->> 'payer_name', ''))) not between 1 and 200 or length(p_folio ->> 'payer_details') > 500 then
    raise exception 'Say who is billed.'
      using errcode = 'PT422', detail = 'payer_invalid', hint = 'Give payer_name (up to 200 characters), and payer_details (up to 500) to print below it.';
  end if;
  perform app.open_folio(v_booking.id);
  select max(f.number) + 1 into v_number from public.folios as f where f.tenant_id = v_booking.tenant_id and f.booking_id = v_booking.id;
  if v_number > 20 then
    raise exception 'This booking has twenty folios.' using errcode = 'PT409', detail = 'too_many_folios', hint = 'Use one of them.';
  end if;

  insert into public.folios (tenant_id, booking_id, property_id, currency, tax_mode, opened_at, number, payer_name, payer_details)
  select f.tenant_id, f.booking_id, f.property_id, f.currency, f.tax_mode, app.now(), v_number, btrim(p_folio ->> 'payer_name'),
         nullif(btrim(p_folio ->> 'payer_details'), '')
  from public.folios as f
  where f.tenant_id = v_booking.tenant_id and f.booking_id = v_booking.id and f.number = 1
  returning id into v_folio_id;
  perform app.emit_event('folio.opened', v_booking.property_id, v_booking.id, null, 'folio', v_folio_id);
  v_answer := app.folio_as_json(v_folio_id);

  return app.answer_created('add_folio', p_idempotency_key, v_answer);
end
$$;

alter function api.add_folio(jsonb, text) owner to engine;
comment on function api.add_folio(jsonb, text) is
  'Opens {booking_id, payer_name, payer_details}: a bill beside the guest''s own, in its currency and tax mode. Answers {status, replayed, body: {folio}}; the same key and body answer the same again.';
revoke all on function api.add_folio(jsonb, text) from public;
grant execute on function api.add_folio(jsonb, text) to staff, admin;
