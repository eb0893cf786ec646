-- void_payment: cash of this shift, or a hold on a card, as if it had never been.
-- may:      hotel:payments:write
-- refuses:  payment_not_found, folio_not_found, folio_closed, reason_missing, payment_is_settled, payment_cannot_be_voided
-- then:     the void, once; event
create or replace function api.void_payment(p_payment_id uuid, p_reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_payment public.payments;
  v_folio public.folios;
  v_void_id uuid;
begin
  perform app.require('hotel:payments:write');
  v_payment := app.lock_payment(p_payment_id, array['payment', 'authorisation', 'capture', 'deposit']);
  v_folio := app.lock_any_folio(v_payment.folio_id);
  if length(btrim(coalesce(p_reason, ''))) not between 1 and 500 then
    raise exception 'Say why.' using errcode = 'PT422', detail = 'reason_missing', hint = 'p_reason';
  elsif exists (select from public.payments as o where o.tenant_id = v_payment.tenant_id and o.of_id = v_payment.id) then
    raise exception 'Something has been done with this payment already.'
      using errcode = 'PT409', detail = 'payment_is_settled', hint = 'See the folio; refund what is left.';
  elsif not app.payment_is_voidable(v_payment, v_folio.property_id) then
    raise exception 'This payment cannot be voided any more.'
      using errcode = 'PT409', detail = 'payment_cannot_be_voided',
            hint = 'Only cash that you took yourself on this business date, or a hold on a card, is voided. Refund it.';
  end if;
  v_void_id := app.record_payment(
    v_folio, case v_payment.kind when 'authorisation' then 'release' else 'void' end, v_payment.method, v_payment.amount, null,
    v_payment.id, p_reason);
  return app.payment_as_json(v_void_id);
end
$$;

alter function api.void_payment(uuid, text) owner to engine;
comment on function api.void_payment(uuid, text) is
  'Voids cash of the caller''s own shift or releases an uncaptured authorisation; anything else is refunded. Of a closed folio only an authorisation. Answers {payment}. Once: a second call is refused with payment_is_settled and changes nothing.';
revoke all on function api.void_payment(uuid, text) from public;
grant execute on function api.void_payment(uuid, text) to staff, admin;
