-- set_taxes: which taxes a property asks, from today on.
-- may:      hotel:settings:write
-- refuses:  property_not_found, taxes_invalid, tax_invalid, tax_is_stated_twice, inclusive_price_carries_one_tax
-- then:     what no tax covers is exempt; charges that were posted keep the tax they had
create or replace function api.set_taxes(p_property_code text, p_tax_mode text, p_taxes jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_today date;
  v_taxes jsonb;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  v_taxes := app.sound_taxes(p_taxes, p_tax_mode);
  -- lock
  perform from public.properties as p where p.tenant_id = app.tenant_id() and p.id = v_property.id for no key update;
  v_today := app.business_date(v_property.id);
  update public.properties as p set tax_mode = p_tax_mode, updated_at = app.now()
  where p.tenant_id = app.tenant_id() and p.id = v_property.id and p.tax_mode <> p_tax_mode;

  -- what began before today ends with today, where charges may have carried it; else it was never there
  update public.tax_codes as x set valid_until = v_today, updated_at = app.now()
  where x.tenant_id = app.tenant_id() and x.property_id = v_property.id and x.valid_until is null and x.valid_from < v_today
    and exists (select from public.folios as f where f.tenant_id = x.tenant_id and f.property_id = x.property_id)
    and not exists (select from jsonb_array_elements(v_taxes) as t where app.is_same_tax(x, t));
  delete from public.tax_codes as x
  where x.tenant_id = app.tenant_id() and x.property_id = v_property.id and x.valid_until is null
    and not exists (select from jsonb_array_elements(v_taxes) as t where app.is_same_tax(x, t));
  insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories, valid_from)
  select app.tenant_id(), v_property.id, t ->> 'code', t ->> 'name', (t ->> 'rate')::numeric,
         array(select jsonb_array_elements_text(t -> 'categories')), v_today
  from jsonb_array_elements(v_taxes) as t
  where not exists (select from public.tax_codes as x
                    where x.tenant_id = app.tenant_id() and x.property_id = v_property.id and x.valid_until is null and x.code = t ->> 'code');
  return jsonb_build_object('property', v_property.code, 'tax_mode', p_tax_mode, 'taxes', v_taxes);
end
$$;

alter function api.set_taxes(text, text, jsonb) owner to engine;
comment on function api.set_taxes(text, text, jsonb) is
  'p_tax_mode inclusive or exclusive; p_taxes [{code, name, rate, categories}], rate in percent or null for exempt, without categories on everything. Replaces what holds from today on. The same again changes nothing.';
revoke all on function api.set_taxes(text, text, jsonb) from public;
grant execute on function api.set_taxes(text, text, jsonb) to staff, admin;
