-- take_deposit: money for what has not been earned yet.
-- may:      hotel:payments:write
-- refuses:  booking_not_found, folio_not_found, folio_closed, payment_invalid, input_invalid, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     the deposit is held for the booking; what the folio owes stays; event
create or replace function api.take_deposit(p_deposit jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_payment_id uuid;
  v_folio public.folios;
  v_booking_id uuid;
  v_amount numeric;
begin
  perform app.require('hotel:payments:write');
  v_answer := app.claim_idempotency_key('take_deposit', p_idempotency_key, p_deposit);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  select b.id into v_booking_id
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = app.uuid_or_null(p_deposit ->> 'booking_id') and app.sees_property(b.property_id);
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  end if;
  v_folio := app.lock_folio(app.open_folio(v_booking_id));
  v_amount := app.amount_given(v_folio.property_id, p_deposit -> 'amount');
  if coalesce(p_deposit ->> 'method', '') not in ('cash', 'card', 'transfer', 'other') or length(p_deposit ->> 'reference') > 120 then
    raise exception 'The deposit cannot be read.'
      using errcode = 'PT422', detail = 'payment_invalid',
            hint = 'Give booking_id, amount, method cash, card, transfer or other, and a reference of up to 120 characters.';
  end if;
  v_payment_id := app.record_payment(v_folio, 'deposit', p_deposit ->> 'method', v_amount, p_deposit ->> 'reference');
  return app.answer_created('take_deposit', p_idempotency_key, app.payment_as_json(v_payment_id));
end
$$;

alter function api.take_deposit(jsonb, text) owner to engine;
comment on function api.take_deposit(jsonb, text) is
  'Takes {booking_id, amount, method, reference} as a deposit: a liability until api.apply_deposit. Answers {status, replayed, body: {payment}}; the same key and body answer the same again.';
revoke all on function api.take_deposit(jsonb, text) from public;
grant execute on function api.take_deposit(jsonb, text) to staff, admin;
