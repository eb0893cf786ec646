-- basket_of_menu_order: the lines of a menu order with prices, choices and tax as they are now.
-- may:      called by commands of menu orders
-- refuses:  items_missing, item_unknown, quantity_invalid, sold_out, choices_invalid, choice_gone, people_invalid, total_changed, note_too_long, input_invalid
-- then:     what is ordered stands still until commit: it is sold out before, or after
create or replace function app.basket_of_menu_order(p_order jsonb, p_menu service_menus.menus)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_property public.properties;
  v_people numeric := case jsonb_typeof(p_order -> 'people') when 'number' then (p_order ->> 'people')::numeric when 'null' then 1 else case when p_order ? 'people' then -1 else 1 end end;
  v_line record;
  v_choices jsonb;
  v_lines jsonb := jsonb '[]';
  v_total numeric;
begin
  if v_people <> trunc(v_people) or v_people not between 1 and 50 then
    raise exception 'Say for how many, 1 to 50.' using errcode = 'PT422', detail = 'people_invalid', hint = 'people';
  elsif coalesce(jsonb_typeof(p_order -> 'note'), 'null') not in ('string', 'null') then
    raise exception 'The note cannot be read.' using errcode = 'PT422', detail = 'input_invalid', hint = 'note must be a text.';
  elsif length(p_order ->> 'note') > 2000 then
    raise exception 'The note is too long.' using errcode = 'PT422', detail = 'note_too_long', hint = 'Keep it under 2000 characters.';
  end if;
  select p.* into v_property from public.properties as p where p.tenant_id = p_menu.tenant_id and p.id = p_menu.property_id;

  -- lock: dishes, their groups, sides, drinks, each in order of id
  perform app.lock_menu_parts(array(select w.id from app.wanted_parts(p_order) as w where w.id is not null));

  for v_line in
    select w.place, w.kind, w.quantity, w.choices, m.id, m.name, m.price, m.max_quantity, m.is_sold_out, m.state,
           sum(w.quantity) over (partition by w.kind, w.id) as of_it
    from app.wanted_parts(p_order) as w
    left join app.menu_parts(p_menu.id) as m on m.kind = w.kind and m.id = w.id and m.state <> 'hidden'
    order by w.place
  loop
    if v_line.id is null then
      raise exception 'Something in the order is not on this menu.'
        using errcode = 'PT422', detail = 'item_unknown', hint = format('%s, line %s', v_line.kind, v_line.place);
    elsif v_line.state <> 'active' or v_line.is_sold_out then
      raise exception '"%" is sold out.', app.printed(app.label(v_line.name))
        using errcode = 'PT409', detail = 'sold_out', hint = coalesce('Instead: ' || (
          select string_agg(app.label(o.name), ', ') from (
            select a.name from app.menu_parts(p_menu.id) as a
            where a.kind = v_line.kind and a.state = 'active' and not a.is_sold_out order by a.place, a.id limit 3) as o) || '.',
          'Reception knows what else there is.');
    elsif v_line.quantity <> trunc(v_line.quantity) or v_line.quantity < 1 or v_line.of_it > v_line.max_quantity then
      raise exception 'Of "%" you can order 1 to %.', app.printed(app.label(v_line.name)), app.printed(v_line.max_quantity)
        using errcode = 'PT422', detail = 'quantity_invalid', hint = v_line.id::text;
    end if;
    v_choices := case v_line.kind when 'item' then app.choices_of_line(v_line.id, v_line.name, v_line.choices) else '[]' end;
    v_lines := v_lines || jsonb_build_object(
      'kind', v_line.kind, 'id', v_line.id, 'name', v_line.name, 'quantity', v_line.quantity::integer, 'choices', v_choices,
      'unit_price', v_line.price + (select coalesce(sum((c ->> 'surcharge')::numeric), 0) from jsonb_array_elements(v_choices) as c));
  end loop;

  select sum((l ->> 'quantity')::numeric * (l ->> 'unit_price')::numeric) + v_people * p_menu.price_per_person
  into v_total from jsonb_array_elements(v_lines) as l;
  if coalesce(jsonb_typeof(p_order -> 'expected_total'), 'null') not in ('number', 'null') then
    raise exception 'The total that was shown is not a number.' using errcode = 'PT422', detail = 'input_invalid', hint = 'expected_total';
  elsif jsonb_typeof(p_order -> 'expected_total') = 'number' and (p_order ->> 'expected_total')::numeric <> v_total then
    raise exception 'The prices have changed.'
      using errcode = 'PT409', detail = 'total_changed', hint = app.money_text(v_total, v_property.currency, app.language());
  end if;
  return jsonb_build_object(
    'order_lines', v_lines, 'lines', '[]'::jsonb, 'people', v_people::integer, 'total', v_total, 'currency', v_property.currency, 'tax_mode', v_property.tax_mode,
    'subtype_taxes', '[]'::jsonb, 'taxes', case when v_total > 0 then app.taxes_for(v_property.id, 'room_service') else '[]' end,
    'title', (
      select jsonb_object_agg(k.language, left(coalesce(p_menu.name ->> k.language, p_menu.name ->> 'en') || ': ' || (
        -- a dish in several ways is named once
        select string_agg(case when d.quantity > 1 then d.quantity || ' × ' else '' end || coalesce(d.name ->> k.language, d.name ->> 'en'), ', ' order by d.place)
        from (
          select l.value -> 'name' as name, sum((l.value ->> 'quantity')::integer) as quantity, min(l.ordinality) as place
          from jsonb_array_elements(v_lines) with ordinality as l
          group by l.value ->> 'kind', l.value ->> 'id', 1) as d), 200))
      from (values ('en'), ('es'), ('ur')) as k (language)));
end
$$;

comment on function app.basket_of_menu_order(jsonb, service_menus.menus) is
  'Reads {items, sides, drinks, people, note, expected_total} against the menu as it is now: {order_lines: [{kind, id, name, quantity, choices, unit_price}], total, taxes, title, …}. Total is people × price_per_person and every line with its surcharges, in the property''s tax mode.';
