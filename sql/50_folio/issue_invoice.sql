-- issue_invoice: a closed bill gets the property's next invoice number.
-- may:      called by close_one_folio, which holds the folio's lock
-- refuses:  nothing: what has its number keeps it, and a bill on which nothing was charged needs none
-- then:     number, date, issuer and recipient, once; the property's other invoices wait until commit, so that none is left out
create or replace function app.issue_invoice(p_folio_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_property public.properties;
  v_serial integer;
begin
  if not exists (select from public.charges as c where c.tenant_id = app.tenant_id() and c.folio_id = p_folio_id) then
    return;
  end if;

  select p.* into v_property
  from public.properties as p
  join public.folios as f on f.tenant_id = p.tenant_id and f.property_id = p.id
  where f.tenant_id = app.tenant_id() and f.id = p_folio_id;
  -- lock: after the folio's, and not the property's row: whoever lays its rooms holds that, and may wait for the room that is left here
  perform pg_advisory_xact_lock(hashtextextended('invoices:' || v_property.id, 0));
  select coalesce(max(f.invoice_serial), 0) + 1 into v_serial
  from public.folios as f
  where f.tenant_id = v_property.tenant_id and f.property_id = v_property.id;

  update public.folios as f
  set invoice_serial = v_serial, invoice_number = format('INV-%s-%s', v_property.code, lpad(v_serial::text, 6, '0')),
      invoiced_on = app.business_date(v_property.id), issuer = app.invoice_issuer(v_property.id),
      recipient = app.invoice_recipient(p_folio_id)
  where f.tenant_id = v_property.tenant_id and f.id = p_folio_id and f.invoice_serial is null;
end
$$;

comment on function app.issue_invoice(uuid) is
  'Numbers a closed folio with charges: the property''s series from 1 on, without gaps, in the order in which they are issued.';
