-- take_payment: a guest pays something of what the folio owes.
-- may:      hotel:payments:write
-- refuses:  folio_not_found, folio_closed, payment_invalid, payment_exceeds_balance, input_invalid, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     the payment, or a hold on the card; event
create or replace function api.take_payment(p_payment jsonb, p_idempotency_key text)
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
  v_amount numeric;
  v_is_hold boolean := coalesce(p_payment ->> 'kind', 'payment') = 'authorisation';
begin
  perform app.require('hotel:payments:write');
  v_answer := app.claim_idempotency_key('take_payment', p_idempotency_key, p_payment);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  v_folio := app.lock_folio(app.uuid_or_null(p_payment ->> 'folio_id'));
  v_amount := app.amount_given(v_folio.property_id, p_payment -> 'amount');
  if coalesce(p_payment ->> 'kind', 'payment') not in ('payment', 'authorisation')
     or coalesce(p_payment ->> 'method', '') not in ('cash', 'card', 'transfer', 'other')
     or v_is_hold and p_payment ->> 'method' <> 'card' or length(p_payment ->> 'reference') > 120 then
    raise exception 'The payment cannot be read.'
      using errcode = 'PT422', detail = 'payment_invalid',
            hint = 'Give folio_id, amount, method cash, card, transfer or other, and a reference of up to 120 characters; kind authorisation only for a card.';
  elsif not v_is_hold and v_amount > app.folio_balance(v_folio.id) then
    raise exception 'The folio owes only %.', app.printed(app.money_text(greatest(app.folio_balance(v_folio.id), 0), v_folio.currency, 'en'))
      using errcode = 'PT409', detail = 'payment_exceeds_balance', hint = 'Take what comes on top as a deposit.';
  end if;
  v_payment_id := app.record_payment(
    v_folio, case when v_is_hold then 'authorisation' else 'payment' end, p_payment ->> 'method', v_amount, p_payment ->> 'reference');
  return app.answer_created('take_payment', p_idempotency_key, app.payment_as_json(v_payment_id));
end
$$;

alter function api.take_payment(jsonb, text) owner to engine;
comment on function api.take_payment(jsonb, text) is
  'Takes {folio_id, amount, method, reference, kind}: payment, or authorisation, a hold on a card that settles nothing until api.capture_payment. Never more than the folio owes. Answers {status, replayed, body: {payment}}; the same key and body answer the same again.';
revoke all on function api.take_payment(jsonb, text) from public;
grant execute on function api.take_payment(jsonb, text) to staff, admin;
