-- charge_as_json: a charge as commands answer it.
create or replace function app.charge_as_json(p_charge_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', c.id, 'folio_id', c.folio_id, 'booking_id', f.booking_id, 'category', c.category, 'description', app.label(c.description),
    'quantity', c.quantity, 'unit_price', c.unit_price, 'net', c.net, 'tax_total', c.tax_total, 'gross', c.gross, 'currency', c.currency,
    'business_on', c.business_on, 'reverses_id', c.reverses_id, 'reason', c.reason, 'posted_at', c.posted_at,
    'taxes', (select coalesce(jsonb_agg(jsonb_build_object('code', t.code, 'name', t.name, 'rate', t.rate, 'amount', t.amount) order by t.code), '[]')
              from public.charge_taxes as t where t.tenant_id = c.tenant_id and t.charge_id = c.id))
  from public.charges as c
  join public.folios as f on f.tenant_id = c.tenant_id and f.id = c.folio_id
  where c.tenant_id = app.tenant_id() and c.id = p_charge_id
$$;

comment on function app.charge_as_json(uuid) is 'A charge with its taxes, as commands answer it.';
