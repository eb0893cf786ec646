-- menu_parts: everything that can be ordered of a menu, dishes, sides and drinks alike.
create or replace function app.menu_parts(p_menu_id uuid)
returns table (
  kind text, id uuid, name jsonb, description jsonb, price numeric, allergens text[], max_quantity integer, is_sold_out boolean, state text, place integer
)
language sql
stable
set search_path = ''
as $$
  select 'item', i.id, i.name, i.description, i.price, i.allergens, i.max_quantity, i.is_sold_out, i.state, i.position
  from service_menus.menu_items as i
  where i.tenant_id = app.tenant_id() and i.menu_id = p_menu_id
  union all
  select 'side', s.id, s.name, s.description, s.price, s.allergens, s.max_quantity, s.is_sold_out, s.state, s.position
  from service_menus.sides as s
  where s.tenant_id = app.tenant_id() and s.menu_id = p_menu_id
  union all
  select 'drink', d.id, d.name, d.description, d.price, d.allergens, d.max_quantity, d.is_sold_out, d.state, d.position
  from service_menus.drinks as d
  where d.tenant_id = app.tenant_id() and d.menu_id = p_menu_id
$$;

comment on function app.menu_parts(uuid) is 'Dishes, sides and drinks of a menu in one list, of whatever state; kind item, side or drink.';
