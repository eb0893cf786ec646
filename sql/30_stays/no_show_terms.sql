-- no_show_terms: what a guest who does not come owes by the property's rule.
create or replace function app.no_show_terms(p_booking public.bookings)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_percent numeric := app.setting(p_booking.property_id, 'no_show:percent', '100')::numeric;
  v_is_of_stay boolean := app.setting(p_booking.property_id, 'no_show:of_whole_stay', 'false')::boolean;
  v_rate numeric := app.rate_of_booking(p_booking);
  v_basis text;
  v_fee numeric;
  v_tax_mode text;
begin
  select coalesce(f.tax_mode, p.tax_mode) into v_tax_mode
  from public.properties as p
  left join public.folios as f on f.tenant_id = p.tenant_id and f.booking_id = p_booking.id and f.number = 1
  where p.tenant_id = p_booking.tenant_id and p.id = p_booking.property_id;
  v_basis := case
    -- whoever sold the room holds the guest's card, and takes it
    when p_booking.beds24_booking_id is not null and lower(p_booking.channel) <> 'direct' then 'channel'
    when v_percent = 0 then 'none'
    when v_is_of_stay then 'stay'
    else 'first_night'
  end;
  v_fee := round(case v_basis
    when 'stay' then coalesce(p_booking.total_price, v_rate * greatest(p_booking.nights, 1))
    when 'first_night' then v_rate
    else 0
  end * v_percent / 100, app.currency_exponent(p_booking.currency));
  return jsonb_build_object(
    'basis', v_basis, 'percent', v_percent, 'fee', v_fee, 'currency', p_booking.currency,
    'total', v_fee + case v_tax_mode when 'inclusive' then 0 else (
      select coalesce(sum((t ->> 'amount')::numeric), 0)
      from jsonb_array_elements(app.tax_amounts(v_fee, app.taxes_for(p_booking.property_id, 'no_show'), v_tax_mode, p_booking.currency)) as t) end,
    'frees_nights', app.setting(p_booking.property_id, 'no_show:frees_nights', 'true')::boolean);
end
$$;

comment on function app.no_show_terms(public.bookings) is
  '{basis: first_night, stay, none or channel, percent, fee, total, currency, frees_nights}: percent of the first night or of the whole stay, in the property''s tax mode; total with tax. Settings of the property: no_show:percent, no_show:of_whole_stay, no_show:frees_nights. channel: it came from a sales channel, which charges it itself; nothing is charged twice.';
