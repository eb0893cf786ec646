-- Menus of a tenant's properties, from the transaction's setting seed.data (the list of menus).
-- A menu that is already there stays as it is, with all its parts.

do $$
declare
  v_plan jsonb;
  v_menu record;
  v_part record;
  v_item_id uuid;
begin
  for v_plan in select e.value from jsonb_array_elements(current_setting('seed.data')::jsonb) as e loop
    for v_menu in
      insert into service_menus.menus (tenant_id, property_id, slug, meal, name, description, pricing_mode, price_per_person,
                                       lock_minutes_before, form_at, reminder_at, summary_at, state, position)
      select p.tenant_id, p.id, v_plan ->> 'slug', v_plan ->> 'meal', v_plan -> 'name', v_plan -> 'description', v_plan ->> 'pricing_mode',
             (v_plan ->> 'price_per_person')::numeric, (v_plan ->> 'lock_minutes_before')::integer, (v_plan ->> 'form_at')::time,
             (v_plan ->> 'reminder_at')::time, (v_plan ->> 'summary_at')::time, 'active',
             array_position(array['breakfast', 'lunch', 'dinner'], v_plan ->> 'meal')
      from public.properties as p
      where p.tenant_id = app.tenant_id() and v_plan -> 'properties' ? p.code
      on conflict (tenant_id, property_id, slug) do nothing
      returning tenant_id, id
    loop
      insert into service_menus.time_slots (tenant_id, menu_id, starts_at, capacity)
      select v_menu.tenant_id, v_menu.id, s.at, s.capacity
      from jsonb_to_recordset(v_plan -> 'slots') as s (at time, capacity integer);

      for v_part in select i.value, i.ordinality from jsonb_array_elements(v_plan -> 'items') with ordinality as i loop
        insert into service_menus.menu_items (tenant_id, menu_id, name, description, price, allergens, position)
        select v_menu.tenant_id, v_menu.id, r.name, coalesce(r.description, '{}'), r.price, coalesce(r.allergens, '{}'), v_part.ordinality
        from jsonb_to_record(v_part.value) as r (name jsonb, description jsonb, price numeric, allergens text[])
        returning id into v_item_id;
        insert into service_menus.choice_groups (tenant_id, menu_item_id, name, min_choices, max_choices, choices, position)
        select v_menu.tenant_id, v_item_id, g.value -> 'name', (g.value ->> 'min')::integer, (g.value ->> 'max')::integer, g.value -> 'choices', g.ordinality
        from jsonb_array_elements(coalesce(v_part.value -> 'groups', '[]')) with ordinality as g;
      end loop;
      insert into service_menus.sides (tenant_id, menu_id, name, price, allergens, position)
      select v_menu.tenant_id, v_menu.id, s.value -> 'name', (s.value ->> 'price')::numeric,
             array(select jsonb_array_elements_text(coalesce(s.value -> 'allergens', '[]'))), s.ordinality
      from jsonb_array_elements(v_plan -> 'sides') with ordinality as s;
      insert into service_menus.drinks (tenant_id, menu_id, name, price, allergens, position)
      select v_menu.tenant_id, v_menu.id, d.value -> 'name', (d.value ->> 'price')::numeric,
             array(select jsonb_array_elements_text(coalesce(d.value -> 'allergens', '[]'))), d.ordinality
      from jsonb_array_elements(v_plan -> 'drinks') with ordinality as d;
    end loop;
  end loop;
end
$$;
