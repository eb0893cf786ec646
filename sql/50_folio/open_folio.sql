-- open_folio: the guest's own folio, opened when first needed.
-- may:      called by commands
-- refuses:  booking_not_found
-- then:     the folio in the property's currency and tax mode
create or replace function app.open_folio(p_booking_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio_id uuid;
begin
  insert into public.folios (tenant_id, booking_id, property_id, currency, tax_mode, opened_at)
  select b.tenant_id, b.id, b.property_id, p.currency, p.tax_mode, app.now()
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id
  on conflict (tenant_id, booking_id, number) do nothing;

  select f.id into v_folio_id from public.folios as f where f.tenant_id = app.tenant_id() and f.booking_id = p_booking_id and f.number = 1;
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  end if;
  return v_folio_id;
end
$$;

comment on function app.open_folio(uuid) is 'The guest''s own folio of a booking, its first, made on first need: at check-in, or when something is charged before it.';
