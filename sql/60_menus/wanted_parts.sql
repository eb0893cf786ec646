-- wanted_parts: the lines of an order as they were sent.
-- may:      called by basket_of_menu_order
-- refuses:  items_missing, item_unknown
create or replace function app.wanted_parts(p_order jsonb)
returns table (place bigint, kind text, id uuid, quantity numeric, choices jsonb)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lines jsonb := jsonb '[]';
  v_list record;
begin
  for v_list in
    select l.kind, coalesce(nullif(p_order -> l.name, 'null'), '[]') as lines
    from (values ('item', 'items'), ('side', 'sides'), ('drink', 'drinks')) as l (kind, name)
  loop
    if jsonb_typeof(v_list.lines) <> 'array' or jsonb_array_length(v_list.lines) > 100
       or exists (select from jsonb_array_elements(v_list.lines) as i
                  where jsonb_typeof(i) <> 'object' or jsonb_typeof(i -> 'id') is distinct from 'string' or jsonb_typeof(i -> 'quantity') is distinct from 'number'
                    or (v_list.kind <> 'item' and i ? 'choices')) then
      raise exception 'The order cannot be read.'
        using errcode = 'PT422', detail = 'item_unknown',
              hint = 'Give items [{"id": "…", "quantity": 1, "choices": {"<group>": ["<key>"]}}], sides and drinks [{"id": "…", "quantity": 1}], at most 100 each.';
    end if;
    v_lines := v_lines || (select coalesce(jsonb_agg(i || jsonb_build_object('kind', v_list.kind)), '[]') from jsonb_array_elements(v_list.lines) as i);
  end loop;
  if v_lines = '[]' then
    raise exception 'Choose at least one thing.' using errcode = 'PT422', detail = 'items_missing', hint = 'items';
  end if;
  return query
    select l.ordinality, l.value ->> 'kind', app.uuid_or_null(l.value ->> 'id'), (l.value ->> 'quantity')::numeric, l.value -> 'choices'
    from jsonb_array_elements(v_lines) with ordinality as l;
end
$$;

comment on function app.wanted_parts(jsonb) is
  'Items, sides and drinks of an order in one list, each with an id (null where it is none) and a number that has still to be held against the menu.';
