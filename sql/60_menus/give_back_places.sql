-- give_back_places: an order that will not be eaten gives its places back.
-- may:      called by the workflow trigger
-- refuses:  order_is_locked
-- then:     its session has so many more places
create or replace function app.give_back_places(p_request_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_order service_menus.orders;
begin
  select o.* into v_order from service_menus.orders as o where o.tenant_id = app.tenant_id() and o.request_id = p_request_id;
  if not found then
    return;
  end if;
  if app.actor_kind() = 'guest' then
    perform app.order_must_be_open(v_order, true);
  end if;
  perform app.move_places(v_order.session_id, v_order.people, null, null, null, null, null);
end
$$;

comment on function app.give_back_places(uuid) is 'Gives back the places of a menu order that was cancelled or has expired: a request closes only once. Guests only until the menu''s lock time, also while the job that locks is still to come. Other requests have no places.';
