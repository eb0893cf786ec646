-- refund_payment: money goes back to who paid it, never more than came.
-- may:      hotel:payments:write
-- refuses:  payment_not_found, folio_not_found, folio_closed, reason_missing, refund_exceeds_remainder, input_invalid, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     the refund; of a deposit less is held, of a payment the folio owes more; event
create or replace function api.refund_payment(p_refund jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_payment_id uuid;
  v_payment public.payments;
  v_folio public.folios;
  v_rest numeric;
  v_amount numeric;
begin
  perform app.require('hotel:payments:write');
  v_answer := app.claim_idempotency_key('refund_payment', p_idempotency_key, p_refund);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  v_payment := app.lock_payment(app.uuid_or_null(p_refund ->> 'payment_id'), array['payment', 'capture', 'deposit']);
  v_folio := app.lock_any_folio(v_payment.folio_id);
  v_rest := app.payment_remainder(v_payment.id);
  v_amount := case when p_refund ? 'amount' then app.amount_given(v_folio.property_id, p_refund -> 'amount') else v_rest end;
  if length(btrim(coalesce(p_refund ->> 'reason', ''))) not between 1 and 500 then
    raise exception 'Say why.' using errcode = 'PT422', detail = 'reason_missing', hint = 'reason';
  elsif v_amount > v_rest or v_rest = 0 then
    raise exception 'Of this payment % is left.', app.printed(app.money_text(v_rest, v_payment.currency, 'en'))
      using errcode = 'PT409', detail = 'refund_exceeds_remainder', hint = 'Refund no more than is left of it.';
  end if;
  v_payment_id := app.record_payment(
    v_folio, case v_payment.kind when 'deposit' then 'deposit_refund' else 'refund' end, v_payment.method, v_amount, null, v_payment.id, p_refund ->> 'reason');
  return app.answer_created('refund_payment', p_idempotency_key, app.payment_as_json(v_payment_id));
end
$$;

alter function api.refund_payment(jsonb, text) owner to engine;
comment on function api.refund_payment(jsonb, text) is
  'Gives {payment_id, amount, reason} back by the way it came: all that is left of it without an amount. From a closed folio only a deposit. Remaining = taken less given back, and of a deposit less what was applied. Answers {status, replayed, body: {payment}}; the same key and body answer the same again.';
revoke all on function api.refund_payment(jsonb, text) from public;
grant execute on function api.refund_payment(jsonb, text) to staff, admin;
