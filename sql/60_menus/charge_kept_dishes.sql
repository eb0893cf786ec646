-- charge_kept_dishes: of an order called off too late, what was cooked is charged alone.
-- may:      called by reverse_charges_of_request, which has taken the whole off
-- refuses:  tax_code_missing, inclusive_price_carries_one_tax
-- then:     one charge, and a receipt; nothing where all of it was given back, or a closed folio kept the whole
create or replace function app.charge_kept_dishes(p_order service_menus.orders, p_kept numeric)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
  v_folio_id uuid;
  v_reversal_id uuid;
  v_charge_id uuid;
begin
  select c.id into v_reversal_id
  from public.charges as c
  where c.tenant_id = p_order.tenant_id and c.request_id = p_order.request_id and c.reverses_id is not null
  order by c.id desc
  limit 1;
  if p_kept = 0 or v_reversal_id is null or app.posted_for_request(p_order.request_id) <> 0 then
    return;
  end if;
  select r.* into v_request from portal.requests as r where r.tenant_id = p_order.tenant_id and r.id = p_order.request_id;
  v_folio_id := app.open_folio(v_request.booking_id);
  v_charge_id := app.post_charge(
    v_folio_id, 'room_service', v_request.title || jsonb_build_object(
      'en', (v_request.title ->> 'en') || ': what the kitchen had begun', 'es', coalesce(v_request.title ->> 'es', v_request.title ->> 'en') || ': lo ya preparado'),
    1, p_kept, p_order.taxes, format('menu_order:%s:kept:%s', v_request.id, v_reversal_id), v_request.id);
  perform app.notify_guest(v_request.booking_id, 'folio_charge_posted',
                           app.receipt_variables(v_folio_id, v_request.title, app.posted_for_request(v_request.id))
                             || jsonb_build_object('number', v_request.number, 'title', v_request.title), v_request.id,
                           'folio_charge_posted:' || v_charge_id);
end
$$;

comment on function app.charge_kept_dishes(service_menus.orders, numeric) is 'p_kept: app.kept_of_order. At the taxes of the order. Safe to repeat.';
