-- menu_of_order: the menu that is ordered from, if it is open to the caller now.
-- may:      called by commands of menu orders
-- refuses:  menu_unknown, feature_closed
-- then:     the menu stands still until commit
create or replace function app.menu_of_order(p_menu_id text, p_property_id uuid, p_state text)
returns service_menus.menus
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_menu service_menus.menus;
begin
  select m.* into v_menu
  from service_menus.menus as m
  where m.tenant_id = app.tenant_id() and m.id = app.uuid_or_null(p_menu_id) and m.property_id = p_property_id and m.state = 'active'
  -- lock: shared, many may order
  for share;
  if not found then
    raise exception 'There is no such menu here.'
      using errcode = 'PT422', detail = 'menu_unknown',
            hint = coalesce('There is: ' || (
              select string_agg(app.label(m.name), ', ' order by m.position, m.slug) from service_menus.menus as m
              where m.tenant_id = app.tenant_id() and m.property_id = p_property_id and m.state = 'active') || '.', 'Reception can help.');
  elsif (app.session_role() = 'guest' or p_state = 'post_checkout') and not exists (
      select from portal.feature_windows as w
      where w.tenant_id = app.tenant_id() and w.property_id = p_property_id
        and w.feature = 'menu_order' and w.stay_state = p_state and w.is_open) then
    raise exception '"%" is not open at this point of your stay.', app.printed(app.label(v_menu.name))
      using errcode = 'PT409', detail = 'feature_closed',
            hint = 'Open now: ' || coalesce(array_to_string(app.open_features(p_property_id, p_state), ', '), 'nothing') || '.';
  end if;
  return v_menu;
end
$$;

comment on function app.menu_of_order(text, uuid, text) is
  'An active menu of the property. Feature windows bind guests, and after check-out members too.';
