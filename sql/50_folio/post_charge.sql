-- post_charge: the only writer of charges.
-- may:      private: called by commands and the workflow trigger
-- refuses:  folio_closed, folio_not_found, tax_code_missing, inclusive_price_carries_one_tax
-- then:     the charge with each tax, once for its source; event
create or replace function app.post_charge(
  p_folio_id uuid,
  p_category text,
  p_description jsonb,
  p_quantity integer,
  p_unit_price numeric,
  p_taxes jsonb,
  p_source text,
  p_request_id uuid default null,
  p_reverses_id uuid default null,
  p_reason text default null
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_folio public.folios;
  v_amount numeric;
  v_taxes jsonb;
  v_charge_id uuid;
begin
  -- lock
  select f.* into v_folio from public.folios as f where f.tenant_id = app.tenant_id() and f.id = p_folio_id for no key update;
  if not found then
    raise exception 'There is no such folio.' using errcode = 'PT404', detail = 'folio_not_found';
  end if;
  select c.id into v_charge_id from public.charges as c where c.tenant_id = v_folio.tenant_id and c.source = p_source;
  if found then
    return v_charge_id;
  end if;
  perform app.folio_must_be_open(v_folio);

  -- taxes
  v_taxes := coalesce(nullif(p_taxes, '[]'), app.taxes_for(v_folio.property_id, p_category));
  if v_taxes = '[]' then
    raise exception 'No tax code covers "%".', app.printed(p_category)
      using errcode = 'PT409', detail = 'tax_code_missing', hint = 'A manager adds a tax code for the category, exempt if it is not taxed.';
  elsif v_folio.tax_mode = 'inclusive' and jsonb_array_length(v_taxes) > 1 then
    raise exception 'A price that includes tax can carry only one.'
      using errcode = 'PT409', detail = 'inclusive_price_carries_one_tax', hint = 'Give the category one tax code, or price the property without tax.';
  end if;
  v_amount := round(p_quantity * p_unit_price, app.currency_exponent(v_folio.currency));
  v_taxes := app.tax_amounts(v_amount, v_taxes, v_folio.tax_mode, v_folio.currency);

  -- post
  insert into public.charges (tenant_id, folio_id, category, description, quantity, unit_price, net, tax_total, gross, currency, business_on,
                              source, request_id, reverses_id, reason, posted_by, posted_by_name, posted_at)
  select v_folio.tenant_id, v_folio.id, p_category, p_description, p_quantity, p_unit_price,
         case v_folio.tax_mode when 'inclusive' then v_amount - s.tax else v_amount end, s.tax,
         case v_folio.tax_mode when 'inclusive' then v_amount else v_amount + s.tax end,
         v_folio.currency, app.business_date(v_folio.property_id), p_source, p_request_id, p_reverses_id, p_reason,
         app.actor_id(), app.actor_name(), app.now()
  from (select sum((t ->> 'amount')::numeric) as tax from jsonb_array_elements(v_taxes) as t) as s
  returning id into v_charge_id;
  insert into public.charge_taxes (tenant_id, charge_id, code, name, rate, amount)
  select v_folio.tenant_id, v_charge_id, t ->> 'code', t ->> 'name', (t ->> 'rate')::numeric, (t ->> 'amount')::numeric
  from jsonb_array_elements(v_taxes) as t;
  perform app.emit_event(case when p_reverses_id is null then 'charge.posted' else 'charge.reversed' end,
                         v_folio.property_id, v_folio.booking_id, p_request_id, 'charge', v_charge_id);
  return v_charge_id;
end
$$;

comment on function app.post_charge(uuid, text, jsonb, integer, numeric, jsonb, text, uuid, uuid, text) is
  'Posts quantity × unit price to a folio: net, each tax and gross in its currency, on the business date. Taxes as given (a snapshot) or, when empty, as they hold now. A reversal has a negative quantity, what it reverses, and why. The same source again answers the charge it made.';
