-- mail_receipt: whoever paid hears of it by mail, with the receipt as a PDF.
-- may:      called by record_payment
-- refuses:  nothing: without an address, or where the property mails none, no mail
-- then:     one mail for the payment
create or replace function app.mail_receipt(p_folio public.folios, p_payment_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_payment public.payments;
begin
  select y.* into v_payment from public.payments as y where y.tenant_id = p_folio.tenant_id and y.id = p_payment_id;
  -- a hold is no money yet, a deposit that is used has had its receipt, and what others pay is not the guest's to see
  if v_payment.kind in ('authorisation', 'release', 'deposit_applied') or p_folio.number <> 1
     or not (app.setting(p_folio.property_id, 'mails_receipts', 'true') #>> '{}')::boolean then
    return;
  end if;
  perform app.notify_guest(
    p_folio.booking_id, 'receipt',
    app.receipt_variables(p_folio.id, null, v_payment.amount) || jsonb_build_object(
      'movement', case v_payment.kind
        when 'deposit' then '{"en": "Deposit", "es": "Depósito"}'
        when 'deposit_refund' then '{"en": "Deposit given back", "es": "Depósito devuelto"}'
        when 'refund' then '{"en": "Refund", "es": "Devolución"}'
        when 'void' then '{"en": "Cancelled payment", "es": "Pago anulado"}'
        else '{"en": "Payment", "es": "Pago"}'
      end::jsonb,
      'attach', jsonb_build_object('kind', 'receipt_pdf', 'id', v_payment.id)),
    null, 'receipt:' || v_payment.id, 'email');
end
$$;

comment on function app.mail_receipt(public.folios, uuid) is
  'Queues the receipt of a payment, refund, void or deposit on the guest''s own folio to the guest''s address, unless the property''s mails_receipts is off.';
