-- folio_as_json: a folio as commands answer it.
create or replace function app.folio_as_json(p_folio_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('folio', jsonb_build_object(
    'id', f.id, 'booking_id', f.booking_id, 'number', f.number, 'payer_name', f.payer_name, 'payer_details', f.payer_details,
    'currency', f.currency, 'tax_mode', f.tax_mode, 'opened_at', f.opened_at, 'closed_at', f.closed_at, 'closed_note', f.closed_note,
    'invoice_number', f.invoice_number, 'invoiced_on', f.invoiced_on,
    'balance', app.folio_balance(f.id), 'deposits_held', app.deposits_held(f.booking_id)))
  from public.folios as f
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id
$$;

comment on function app.folio_as_json(uuid) is '{folio: …} with what it owes and the deposits that its booking still has.';
