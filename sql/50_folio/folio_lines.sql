-- folio_lines: what stands on a bill, line by line.
create or replace function app.folio_lines(p_folio_id uuid, p_language text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
      'id', c.id, 'business_on', c.business_on, 'category', c.category,
      'description', coalesce(c.description ->> p_language, c.description ->> 'en'),
      'quantity', c.quantity, 'unit_price', c.unit_price, 'net', c.net, 'tax_total', c.tax_total, 'gross', c.gross,
      'is_reversal', c.reverses_id is not null) order by c.business_on, c.posted_at, c.id), '[]')
  from public.charges as c
  where c.tenant_id = app.tenant_id() and c.folio_id = p_folio_id
$$;

comment on function app.folio_lines(uuid, text) is
  '[{id, business_on, category, description, quantity, unit_price, net, tax_total, gross, is_reversal}] in the order of their dates.';
