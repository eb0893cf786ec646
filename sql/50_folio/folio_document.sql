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
    'stay', jsonb_build_object('booking_id', b.id, 'guest_name', b.guest_name, 'room_number', m.room_number, 'check_in', b.check_in,
                               'check_out', coalesce(b.checked_out_on, b.check_out)),
    'folio', jsonb_build_object('id', f.id, 'number', f.number, 'payer_name', f.payer_name, 'payer_details', f.payer_details,
                                'currency', f.currency, 'tax_mode', f.tax_mode, 'opened_at', f.opened_at, 'closed_at', f.closed_at,
                                'invoice_number', f.invoice_number),
    'issued_on', coalesce(f.invoiced_on, app.business_date(f.property_id)),
    'lines', app.folio_lines(f.id, p_language), 'taxes', app.folio_taxes(f.id), 'payments', app.folio_payments(f.id),
    'totals', jsonb_build_object('net', s.net, 'tax', s.tax, 'gross', s.gross, 'paid', y.paid, 'balance', s.gross - y.paid, 'deposits_held', y.held))
  from public.folios as f
  join public.properties as p on p.tenant_id = f.tenant_id and p.id = f.property_id
  join public.bookings as b on b.tenant_id = f.tenant_id and b.id = f.booking_id
  left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
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
  '{language, issuer: {name, address, tax_number}, property, stay, folio, issued_on, lines, taxes, payments, totals: {net, tax, gross, paid, balance, deposits_held}} of a folio, descriptions in that language, else English. folio.invoice_number: null until it is closed. Null when there is none. Who may see it is asked by who calls.';
