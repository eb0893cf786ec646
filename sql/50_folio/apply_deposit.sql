-- apply_deposit: a deposit pays for what has been charged since.
-- may:      hotel:payments:write
-- refuses:  payment_not_found, folio_not_found, folio_closed, deposit_exceeded, payment_exceeds_balance, input_invalid, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     less is held, and the folio owes less; event
create or replace function api.apply_deposit(p_application jsonb, p_idempotency_key text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_answer jsonb;
  v_payment_id uuid;
  v_deposit public.payments;
  v_folio public.folios;
  v_rest numeric;
  v_owed numeric;
  v_amount numeric;
begin
  perform app.require('hotel:payments:write');
  v_answer := app.claim_idempotency_key('apply_deposit', p_idempotency_key, p_application);
  if v_answer is not null then
    return jsonb_build_object('status', 200, 'replayed', true, 'body', v_answer);
  end if;

  v_deposit := app.lock_payment(app.uuid_or_null(p_application ->> 'payment_id'), array['deposit']);
  v_folio := app.lock_folio(v_deposit.folio_id);
  v_rest := app.payment_remainder(v_deposit.id);
  v_owed := greatest(app.folio_balance(v_folio.id), 0);
  v_amount := case when p_application ? 'amount' then app.amount_given(v_folio.property_id, p_application -> 'amount') else least(v_rest, v_owed) end;
  if v_amount > v_rest or v_rest = 0 then
    raise exception 'Of this deposit % is left.', app.printed(app.money_text(v_rest, v_deposit.currency, 'en'))
      using errcode = 'PT409', detail = 'deposit_exceeded', hint = 'Apply no more than is left of it.';
  elsif v_amount > v_owed or v_owed = 0 then
    raise exception 'The folio owes only %.', app.printed(app.money_text(v_owed, v_folio.currency, 'en'))
      using errcode = 'PT409', detail = 'payment_exceeds_balance', hint = 'Give back what is left of the deposit.';
  end if;
  v_payment_id := app.record_payment(v_folio, 'deposit_applied', v_deposit.method, v_amount, null, v_deposit.id);
  return app.answer_created('apply_deposit', p_idempotency_key, app.payment_as_json(v_payment_id));
end
$$;

alter function api.apply_deposit(jsonb, text) owner to engine;
comment on function api.apply_deposit(jsonb, text) is
  'Applies {payment_id, amount} of a deposit to its folio; without an amount as much as is held and owed. Answers {status, replayed, body: {payment}}; the same key and body answer the same again.';
revoke all on function api.apply_deposit(jsonb, text) from public;
grant execute on function api.apply_deposit(jsonb, text) to staff, admin;
