-- folio_document: everything that a bill on paper says.
create or replace function app.folio_document(p_folio_id uuid, p_language text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'language', p_language,
    'issuer', coalesce(f.issuer, app.invoice_issuer(f.property_id)),
    'property', jsonb_build_object('code', p.code, 'name', p.name, 'phone', p.phone, 'time_zone', p.time_zone, 'accent_color', p.accent_color),
    'recipient', r.billed - 'stay',
    'stay', jsonb_build_object('booking_id', f.booking_id) || coalesce(r.billed -> 'stay', '{}'),
    'folio', jsonb_build_object('id', f.id, 'number', f.number, 'currency', f.currency, 'tax_mode', f.tax_mode,
                                'opened_at', f.opened_at, 'closed_at', f.closed_at, 'invoice_number', f.invoice_number),
    'issued_on', coalesce(f.invoiced_on, app.business_date(f.property_id)),
    'lines', app.folio_lines(f.id, p_language), 'taxes', app.folio_taxes(f.id), 'payments', app.folio_payments(f.id),
    'totals', jsonb_build_object('net', s.net, 'tax', s.tax, 'gross', s.gross, 'paid', y.paid, 'balance', s.gross - y.paid, 'deposits_held', y.held))
  from public.folios as f
  join public.properties as p on p.tenant_id = f.tenant_id and p.id = f.property_id
  cross join lateral (select coalesce(f.recipient, app.invoice_recipient(f.id)) as billed) as r
  cross join lateral (
    select coalesce(sum(c.net), 0) as net, coalesce(sum(c.tax_total), 0) as tax, coalesce(sum(c.gross), 0) as gross
    from public.charges as c
    where c.tenant_id = f.tenant_id and c.folio_id = f.id) as s
  cross join lateral (
    select coalesce(sum(o.settles), 0) as paid, coalesce(sum(o.held), 0) as held
    from public.payments as o
    where o.tenant_id = f.tenant_id and o.folio_id = f.id) as y
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id
$$;

comment on function app.folio_document(uuid, text) is
  '{language, issuer: {name, address, tax_number}, recipient: {name, details}, property, stay, folio, issued_on, lines, taxes, payments, totals: {net, tax, gross, paid, balance, deposits_held}} of a folio, descriptions in that language, else English. folio.invoice_number: null until it is closed; from then on recipient and stay are what they were, and empty once the invoice has been kept long enough. Null when there is none. Who may see it is asked by who calls.';
