-- post_menu_charge: what an order costs by its menu's rule goes on the folio at once.
-- may:      called by commands of menu orders
-- refuses:  folio_closed, tax_code_missing, inclusive_price_carries_one_tax
-- then:     one charge for the order's revision, and a receipt; nothing where nothing is to be paid
create or replace function app.post_menu_charge(p_request portal.requests, p_order service_menus.orders)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio_id uuid;
begin
  if p_order.total = 0 then
    return;
  end if;
  v_folio_id := app.open_folio(p_request.booking_id);
  perform app.post_charge(v_folio_id, 'room_service', p_request.title, 1, p_order.total, p_order.taxes,
                          concat_ws(':', 'menu_order', p_request.id, p_order.revision, (
                            -- what was posted before a cancellation was undone is another posting
                            select h.undoes_id from portal.request_status_history as h
                            where h.tenant_id = p_request.tenant_id and h.request_id = p_request.id and h.undoes_id is not null
                            order by h.position desc
                            limit 1)), p_request.id);
  perform app.notify_guest(p_request.booking_id, 'folio_charge_posted',
                           app.receipt_variables(v_folio_id, p_request.title, app.posted_for_request(p_request.id))
                             || jsonb_build_object('number', p_request.number, 'title', p_request.title), p_request.id,
                           format('folio_charge_posted:%s:%s', p_request.id, p_order.revision));
end
$$;

comment on function app.post_menu_charge(portal.requests, service_menus.orders) is
  'Posts an order''s total (people × price_per_person and its lines) as one charge of category room_service, at the taxes of its moment.';
