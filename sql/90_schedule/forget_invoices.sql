-- forget_invoices: of invoices kept long enough it is forgotten to whom they went.
create or replace function app.forget_invoices(p_property_id uuid, p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folios uuid[] := array(
    select f.id
    from public.folios as f
    where f.tenant_id = app.tenant_id() and f.property_id = p_property_id and f.invoiced_on < p_before::date and f.recipient <> '{}'
    order by f.id
    limit p_limit
    for no key update skip locked);
begin
  update public.folios as f
  set recipient = '{}', payer_name = case when f.payer_name is not null then 'Erased payer' end, payer_details = null
  where f.tenant_id = app.tenant_id() and f.id = any (v_folios);
  return cardinality(v_folios);
end
$$;

comment on function app.forget_invoices(uuid, timestamptz, integer) is
  'Recipients of invoices issued before a day, and the stay they were for. Number, date, issuer, lines, taxes and payments stay: the hotel''s own books.';
