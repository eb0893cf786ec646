-- lock_menu_parts: what is being ordered stands still.
-- may:      called by basket_of_menu_order
-- refuses:  nothing
-- then:     the rows are locked for reading, each table's in order of id
create or replace function app.lock_menu_parts(p_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform from service_menus.menu_items as i where i.tenant_id = app.tenant_id() and i.id = any (p_ids) order by i.id for share;
  perform from service_menus.choice_groups as g where g.tenant_id = app.tenant_id() and g.menu_item_id = any (p_ids) order by g.id for share;
  perform from service_menus.sides as s where s.tenant_id = app.tenant_id() and s.id = any (p_ids) order by s.id for share;
  perform from service_menus.drinks as d where d.tenant_id = app.tenant_id() and d.id = any (p_ids) order by d.id for share;
end
$$;

comment on function app.lock_menu_parts(uuid[]) is 'Locks dishes with their groups, sides and drinks, so that none is sold out or repriced between being checked and being ordered.';
