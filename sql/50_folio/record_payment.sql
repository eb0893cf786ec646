-- record_payment: the only writer of payments.
-- may:      private: called by commands that hold the folio's lock
-- refuses:  nothing
-- then:     the payment on the business date, with who took it; event; the receipt by mail
create or replace function app.record_payment(
  p_folio public.folios,
  p_kind text,
  p_method text,
  p_amount numeric,
  p_reference text default null,
  p_of_id uuid default null,
  p_reason text default null
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_payment_id uuid;
begin
  insert into public.payments (tenant_id, folio_id, kind, method, amount, currency, of_id, reference, reason, business_on, taken_by, taken_by_name, taken_at)
  values (p_folio.tenant_id, p_folio.id, p_kind, p_method, p_amount, p_folio.currency, p_of_id, nullif(btrim(p_reference), ''),
          nullif(btrim(p_reason), ''), app.business_date(p_folio.property_id), app.actor_id(), app.actor_name(), app.now())
  returning id into v_payment_id;
  perform app.emit_event('payment.' || p_kind, p_folio.property_id, p_folio.booking_id, null, 'payment', v_payment_id);
  perform app.mail_receipt(p_folio, v_payment_id);
  return v_payment_id;
end
$$;

comment on function app.record_payment(public.folios, text, text, numeric, text, uuid, text) is
  'Writes one movement of money, in the folio''s currency and the caller''s name. What may move is decided by who calls.';
