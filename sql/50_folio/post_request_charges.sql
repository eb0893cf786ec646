-- post_request_charges: what a finished request costs, at the prices of the moment of ordering.
-- may:      called by the workflow trigger
-- refuses:  charge_amount_missing, folio_closed, tax_code_missing, inclusive_price_carries_one_tax
-- then:     a charge for each priced line, or one for the request; one receipt
create or replace function app.post_request_charges(p_request portal.requests, p_posts_charge jsonb, p_input jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio_id uuid;
  v_line record;
  v_amount numeric;
  v_category text;
  v_total numeric := 0;
  v_source text := 'request:' || p_request.id;
begin
  if p_request.booking_id is null then
    return;
  end if;
  v_folio_id := app.open_folio(p_request.booking_id);
  -- what was posted before it was undone is another posting
  v_source := v_source || coalesce(':' || (
    select h.undoes_id from portal.request_status_history as h
    where h.tenant_id = p_request.tenant_id and h.request_id = p_request.id and h.undoes_id is not null
    order by h.position desc
    limit 1), '');
  v_category := case p_posts_charge ->> 'category'
    when 'by_subtype' then (
      select s ->> 'charge_category'
      from portal.request_types as t, jsonb_array_elements(t.subtypes) as s
      where t.tenant_id = p_request.tenant_id and t.id = p_request.request_type_id and s ->> 'key' = p_request.subtype)
    else p_posts_charge ->> 'category'
  end;

  if p_posts_charge ->> 'amount' = 'lines' then
    for v_line in
      select l.*
      from portal.request_lines as l
      where l.tenant_id = p_request.tenant_id and l.request_id = p_request.id and l.unit_price > 0
      order by l.line_number
    loop
      perform app.post_charge(v_folio_id, coalesce(v_line.charge_category, v_category), v_line.name, v_line.quantity, v_line.unit_price,
                              v_line.taxes, format('%s:line:%s', v_source, v_line.line_number), p_request.id);
      v_total := v_total + v_line.quantity * v_line.unit_price;
    end loop;
  else
    v_amount := coalesce((p_input ->> 'amount')::numeric, (p_request.details ->> 'amount')::numeric,
                         case p_posts_charge ->> 'amount' when 'price' then p_request.subtype_price end);
    if v_amount is null and v_category is not null then
      raise exception 'Say what % costs.', app.printed(p_request.number)
        using errcode = 'PT422', detail = 'charge_amount_missing', hint = 'amount';
    end if;
    if v_amount > 0 then
      perform app.post_charge(v_folio_id, v_category, p_request.title, 1, v_amount,
                              case when v_amount = p_request.subtype_price then p_request.subtype_taxes end,
                              v_source, p_request.id);
      v_total := v_amount;
    end if;
  end if;
  if v_total > 0 then
    perform app.notify_guest(p_request.booking_id, 'folio_charge_posted',
                             app.receipt_variables(v_folio_id, p_request.title, app.posted_for_request(p_request.id)), p_request.id,
                             'folio_charge_posted:' || p_request.id);
  end if;
end
$$;

comment on function app.post_request_charges(portal.requests, jsonb, jsonb) is
  'Posts a request''s charges by its action''s posts_charge: lines (each priced line; complimentary ones are free), price (the subtype''s, or the amount given), input (the amount given).';
