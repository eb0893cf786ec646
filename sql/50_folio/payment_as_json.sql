-- payment_as_json: a payment as commands answer it.
create or replace function app.payment_as_json(p_payment_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('payment', jsonb_build_object(
    'id', y.id, 'folio_id', y.folio_id, 'booking_id', f.booking_id, 'kind', y.kind, 'method', y.method, 'amount', y.amount,
    'currency', y.currency, 'of_id', y.of_id, 'reference', y.reference, 'reason', y.reason, 'business_on', y.business_on,
    'taken_by_name', y.taken_by_name, 'taken_at', y.taken_at, 'balance', app.folio_balance(f.id), 'deposits_held', app.deposits_held(f.booking_id)))
  from public.payments as y
  join public.folios as f on f.tenant_id = y.tenant_id and f.id = y.folio_id
  where y.tenant_id = app.tenant_id() and y.id = p_payment_id
$$;

comment on function app.payment_as_json(uuid) is '{payment: …} with what the folio owes after it and the deposits that the booking still has.';
