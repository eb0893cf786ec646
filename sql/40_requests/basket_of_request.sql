-- basket_of_request: the lines of an order with price and tax as they are now.
-- may:      called by portal_submit_request and complain_of_stay
-- refuses:  items_missing, items_not_taken, item_unknown, quantity_invalid, sold_out
-- then:     items with counted stock are locked in order of id
create or replace function app.basket_of_request(p_request jsonb, p_type portal.request_types, p_property_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_items jsonb := coalesce(nullif(p_request -> 'items', 'null'), '[]');
  v_property public.properties;
  v_line record;
  v_lines jsonb := jsonb '[]';
  v_subtype_price numeric;
  v_total numeric;
begin
  if jsonb_typeof(v_items) <> 'array' or jsonb_array_length(v_items) > 100
     or jsonb_path_exists(v_items, 'strict $[*] ? (@.sku.type() != "string" || @.quantity.type() != "number")')
     or exists (select from jsonb_array_elements(v_items) as i where jsonb_typeof(i) <> 'object' or not i ?& array['sku', 'quantity']) then
    raise exception 'The items cannot be read.' using errcode = 'PT422', detail = 'item_unknown', hint = 'Give [{"sku": "…", "quantity": 1}], at most 100.';
  end if;
  if p_type.takes_items = 'none' and v_items <> '[]' then
    raise exception 'This takes no items.' using errcode = 'PT422', detail = 'items_not_taken', hint = 'items';
  elsif v_items = '[]' and (p_type.takes_items = 'required'
        or p_type.takes_items = 'optional' and num_nonnulls(p_request ->> 'subtype', nullif(btrim(p_request ->> 'note'), ''), p_request ->> 'title') = 0) then
    raise exception 'Choose at least one item.' using errcode = 'PT422', detail = 'items_missing', hint = 'items';
  end if;
  select p.* into v_property from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_property_id;

  -- lock: counted stock in order of id
  perform 1
  from portal.catalog_items as i
  where i.tenant_id = app.tenant_id() and i.property_id = p_property_id and i.stock is not null
    and i.sku in (select x ->> 'sku' from jsonb_array_elements(v_items) as x)
  order by i.id
  for no key update;

  for v_line in
    select x.sku, x.quantity, i.id, i.name, i.price, i.is_complimentary, i.stock, i.max_quantity, i.category,
           coalesce(i.charge_category, p_type.charge_category) as charge_category
    from (select e.value ->> 'sku' as sku, sum((e.value ->> 'quantity')::numeric) as quantity, min(e.ordinality) as place
          from jsonb_array_elements(v_items) with ordinality as e group by 1) as x
    left join portal.catalog_items as i
      on i.tenant_id = app.tenant_id() and i.property_id = p_property_id and i.sku = x.sku
      and i.kind = p_type.catalog_kind and i.state = 'active'
    order by x.place
  loop
    if v_line.id is null then
      raise exception 'There is no "%" here.', app.printed(left(v_line.sku, 60)) using errcode = 'PT422', detail = 'item_unknown', hint = left(v_line.sku, 60);
    elsif v_line.quantity <> trunc(v_line.quantity) or v_line.quantity not between 1 and v_line.max_quantity then
      raise exception 'Of "%" you can order 1 to %.', app.printed(app.label(v_line.name)), app.printed(v_line.max_quantity)
        using errcode = 'PT422', detail = 'quantity_invalid', hint = v_line.sku;
    elsif v_line.stock < v_line.quantity then
      raise exception '%', app.printed(case v_line.stock when 0 then format('"%s" is sold out.', app.label(v_line.name))
                                else format('Only %s of "%s" left.', v_line.stock, app.label(v_line.name)) end)
        using errcode = 'PT409', detail = 'sold_out', hint = app.alternatives_to(v_line.id);
    end if;
    v_lines := v_lines || jsonb_build_object(
      'item_id', v_line.id, 'sku', v_line.sku, 'name', v_line.name, 'quantity', v_line.quantity::integer, 'unit_price', v_line.price,
      'is_complimentary', v_line.is_complimentary, 'is_counted', v_line.stock is not null, 'charge_category', v_line.charge_category,
      'taxes', case when v_line.price > 0 then app.taxes_for(p_property_id, v_line.charge_category) else '[]' end);
  end loop;

  select (s -> 'price' ->> v_property.currency)::numeric into v_subtype_price
  from jsonb_array_elements(p_type.subtypes) as s
  where s ->> 'key' = p_request ->> 'subtype' and jsonb_typeof(s -> 'price') = 'object';
  select coalesce(sum((l ->> 'quantity')::numeric * (l ->> 'unit_price')::numeric), 0) + coalesce(v_subtype_price, 0)
  into v_total from jsonb_array_elements(v_lines) as l;

  return jsonb_build_object(
    'lines', v_lines, 'total', v_total, 'currency', v_property.currency, 'tax_mode', v_property.tax_mode, 'subtype_price', v_subtype_price,
    'subtype_taxes', case when v_subtype_price > 0 then app.taxes_for(p_property_id, p_type.charge_category) else '[]' end);
end
$$;

comment on function app.basket_of_request(jsonb, portal.request_types, uuid) is
  'Lines (same sku summed), total and taxes of a submission at this moment''s prices: {lines, total, currency, tax_mode, subtype_price, subtype_taxes}.';
