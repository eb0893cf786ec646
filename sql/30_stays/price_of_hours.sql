-- price_of_hours: what staying later or coming sooner costs beyond what was agreed for it already.
create or replace function app.price_of_hours(p_booking public.bookings, p_subtype text)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_percent numeric := app.setting(p_booking.property_id, p_subtype || ':percent', '50')::numeric;
  v_agreed numeric := 0;
begin
  if (case p_subtype when 'late_checkout' then p_booking.agreed_check_out_time else p_booking.agreed_check_in_time end) is not null then
    select coalesce(sum(h.amount), 0) into v_agreed from app.hours_agreed(p_booking.id, p_subtype) as h;
  end if;
  return round(greatest(app.rate_of_booking(p_booking) * v_percent / 100 - v_agreed, 0), app.currency_exponent(p_booking.currency));
end
$$;

comment on function app.price_of_hours(public.bookings, text) is
  'late_checkout or early_checkin: the setting :percent of the nightly rate in the booking''s currency, however many hours, and once: less what app.hours_agreed has of it, while an hour of that day is agreed.';
