-- menu_as_json: a menu as guests see it.
create or replace function app.menu_as_json(p_menu service_menus.menus)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', p_menu.id, 'slug', p_menu.slug, 'meal', p_menu.meal, 'name', app.label(p_menu.name), 'description', app.label(p_menu.description),
      'pricing_mode', p_menu.pricing_mode, 'price_per_person', p_menu.price_per_person, 'currency', p.currency, 'tax_mode', p.tax_mode,
      'lock_minutes_before', p_menu.lock_minutes_before,
      'parts', (
        select coalesce(jsonb_agg(jsonb_build_object(
            'kind', m.kind, 'id', m.id, 'name', app.label(m.name), 'description', app.label(m.description), 'price', m.price, 'allergens', m.allergens,
            'max_quantity', m.max_quantity, 'is_sold_out', m.is_sold_out, 'groups', coalesce(g.groups, '[]'))
          order by array_position(array['item', 'side', 'drink'], m.kind), m.place, m.id), '[]')
        from app.menu_parts(p_menu.id) as m
        left join lateral (
          select jsonb_agg(jsonb_build_object(
              'id', c.id, 'name', app.label(c.name), 'min', c.min_choices, 'max', c.max_choices,
              'choices', (select jsonb_agg(jsonb_build_object(
                              'key', x.value ->> 'key', 'label', app.label(x.value -> 'label'), 'surcharge', coalesce((x.value ->> 'surcharge')::numeric, 0),
                              'is_sold_out', coalesce((x.value ->> 'is_sold_out')::boolean, false)) order by x.ordinality)
                          from jsonb_array_elements(c.choices) with ordinality as x))
            order by c.position, c.id) as groups
          from service_menus.choice_groups as c
          where m.kind = 'item' and c.tenant_id = p_menu.tenant_id and c.menu_item_id = m.id and c.state = 'active') as g on true
        where m.state = 'active'))
    from public.properties as p
    where p.tenant_id = p_menu.tenant_id and p.id = p_menu.property_id);
end
$$;

comment on function app.menu_as_json(service_menus.menus) is
  'The active dishes, sides and drinks of a menu in one list of parts, each dish with its choice groups, in the caller''s language.';
