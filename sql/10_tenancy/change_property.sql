-- change_property: the fields given replace those of a property.
-- may:      called by save_property and first_property, which hold the row
-- refuses:  currency_is_in_use
-- then:     rates a night follow the currency, as numbers
create or replace function app.change_property(p_old public.properties, p_new public.properties, p_sets_phone boolean, p_sets_accent boolean)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if p_new.currency <> p_old.currency then
    if exists (select from public.bookings as b where b.tenant_id = p_old.tenant_id and b.property_id = p_old.id)
       or exists (select from portal.catalog_items as i where i.tenant_id = p_old.tenant_id and i.property_id = p_old.id) then
      raise exception 'The house counts in % already.', app.printed(p_old.currency)
        using errcode = 'PT409', detail = 'currency_is_in_use', hint = 'A currency changes only before the first booking and the first item for sale.';
    end if;
    update public.room_types as t
    set currency = p_new.currency, price = round(t.price, app.currency_exponent(p_new.currency)), updated_at = app.now()
    where t.tenant_id = p_old.tenant_id and t.property_id = p_old.id;
  end if;
  if p_new.is_default and not p_old.is_default then
    update public.properties as p set is_default = false, updated_at = app.now()
    where p.tenant_id = p_old.tenant_id and p.is_default;
  end if;
  update public.properties as p
  set name = coalesce(p_new.name, p.name), time_zone = coalesce(p_new.time_zone, p.time_zone), country = coalesce(p_new.country, p.country),
      currency = coalesce(p_new.currency, p.currency), tax_mode = coalesce(p_new.tax_mode, p.tax_mode),
      default_language = coalesce(p_new.default_language, p.default_language),
      check_in_time = coalesce(p_new.check_in_time, p.check_in_time), check_out_time = coalesce(p_new.check_out_time, p.check_out_time),
      phone = case when p_sets_phone then p_new.phone else p.phone end,
      accent_color = case when p_sets_accent then p_new.accent_color else p.accent_color end,
      -- another one is made the default; none is left without
      is_default = p.is_default or coalesce(p_new.is_default, false), updated_at = app.now()
  where p.tenant_id = p_old.tenant_id and p.id = p_old.id;
end
$$;

comment on function app.change_property(public.properties, public.properties, boolean, boolean) is
  'Writes what is not null in p_new; phone and accent colour are emptied where they were given as null. The default property stays it until another is made it.';
