-- capture_payment: a hold on a card becomes a payment.
-- may:      hotel:payments:write
-- refuses:  payment_not_found, folio_not_found, folio_closed, payment_is_settled, payment_exceeds_hold, payment_exceeds_balance, input_invalid, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     the payment; the hold is used up; event
create or replace function api.capture_payment(p_capture jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_payment_id uuid;
  v_hold public.payments;
  v_folio public.folios;
  v_amount numeric;
begin
  perform app.require('hotel:payments:write');
  v_answer := app.claim_idempotency_key('capture_payment', p_idempotency_key, p_capture);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  v_hold := app.lock_payment(app.uuid_or_null(p_capture ->> 'payment_id'), array['authorisation']);
  v_folio := app.lock_folio(v_hold.folio_id);
  v_amount := case when p_capture ? 'amount' then app.amount_given(v_folio.property_id, p_capture -> 'amount') else v_hold.amount end;
  if exists (select from public.payments as o where o.tenant_id = v_hold.tenant_id and o.of_id = v_hold.id) then
    raise exception 'This hold has been captured or released already.' using errcode = 'PT409', detail = 'payment_is_settled', hint = 'See the folio.';
  elsif v_amount > v_hold.amount then
    raise exception 'Only % is held.', app.printed(app.money_text(v_hold.amount, v_hold.currency, 'en'))
      using errcode = 'PT409', detail = 'payment_exceeds_hold', hint = 'Take the rest as a payment of its own.';
  elsif v_amount > app.folio_balance(v_folio.id) then
    raise exception 'The folio owes only %.', app.printed(app.money_text(greatest(app.folio_balance(v_folio.id), 0), v_folio.currency, 'en'))
      using errcode = 'PT409', detail = 'payment_exceeds_balance', hint = 'Capture what is owed; the rest of the hold lapses.';
  end if;
  v_payment_id := app.record_payment(v_folio, 'capture', 'card', v_amount, v_hold.reference, v_hold.id);
  return app.answer_created('capture_payment', p_idempotency_key, app.payment_as_json(v_payment_id));
end
$$;

alter function api.capture_payment(jsonb, text) owner to engine;
comment on function api.capture_payment(jsonb, text) is
  'Captures {payment_id, amount} of an authorisation, the whole of it without an amount; once. Answers {status, replayed, body: {payment}}; the same key and body answer the same again.';
revoke all on function api.capture_payment(jsonb, text) from public;
grant execute on function api.capture_payment(jsonb, text) to staff, admin;
