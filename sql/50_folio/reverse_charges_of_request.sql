-- reverse_charges_of_request: what a request has put on the folio is taken off again.
-- may:      private: called by commands and the workflow trigger
-- refuses:  tax_code_missing, inclusive_price_carries_one_tax
-- then:     a reversal of each charge that has none yet and whose item is not kept; of a menu's order, what is kept is charged alone; where the folio is closed, an alert
create or replace function app.reverse_charges_of_request(p_request_id uuid, p_reason text, p_is_begun boolean default false)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_charge public.charges;
  v_request portal.requests;
  v_order service_menus.orders;
  v_kept numeric := 0;
begin
  select o.* into v_order from service_menus.orders as o where o.tenant_id = app.tenant_id() and o.request_id = p_request_id;
  if v_order.id is not null and p_is_begun then
    v_kept := app.kept_of_order(v_order);
    if v_kept = v_order.total then
      return;
    end if;
  end if;

  for v_charge in
    select c.*
    from public.charges as c
    where c.tenant_id = app.tenant_id() and c.request_id = p_request_id and c.reverses_id is null
      and not exists (select from public.charges as x where x.tenant_id = c.tenant_id and x.reverses_id = c.id)
      -- what was used up stays charged
      and not exists (
        select from portal.request_lines as l
        where l.tenant_id = c.tenant_id and l.request_id = c.request_id and split_part(c.source, ':line:', 2) = l.line_number::text
          and not app.gives_item_back(l.item_id, p_is_begun))
    order by c.id
  loop
    -- lock: it is closed before, or after
    perform from public.folios as f where f.tenant_id = v_charge.tenant_id and f.id = v_charge.folio_id and f.closed_at is null for no key update;
    if not found then
      select r.* into v_request from portal.requests as r where r.tenant_id = app.tenant_id() and r.id = p_request_id;
      perform app.raise_alert(
        v_request.tenant_id, v_request.property_id, 'charge_not_reversed', 'normal',
        format('%s is off, but its folio is closed: the charge stands.', v_request.number),
        jsonb_build_object('request_id', v_request.id, 'number', v_request.number, 'charge_id', v_charge.id), 'charge_not_reversed:' || v_charge.id);
      continue;
    end if;
    continue when exists (select from public.charges as x where x.tenant_id = v_charge.tenant_id and x.reverses_id = v_charge.id);
    perform app.reverse_posting(v_charge, p_reason);
  end loop;
  if v_kept > 0 then
    perform app.charge_kept_dishes(v_order, v_kept);
  end if;
end
$$;

comment on function app.reverse_charges_of_request(uuid, text, boolean) is
  'Reverses every charge of a request that stands, with its taxes, on today''s business date; p_is_begun: without those of items that are kept then. Safe to repeat. A closed folio takes nothing: an alert says what stands.';
