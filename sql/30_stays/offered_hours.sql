-- offered_hours: whether a guest can stay until later, or come sooner, on the days there are.
-- refuses:  hour_not_offered, guest_is_in_house, room_is_not_double_booked, room_type_is_not_oversold
create or replace function app.offered_hours(p_booking public.bookings, p_subtype text, p_inputs jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_property public.properties;
  v_is_late boolean := p_subtype = 'late_checkout';
  v_field text := case when p_subtype = 'late_checkout' then 'check_out_time' else 'check_in_time' end;
  v_day date := case when p_subtype = 'late_checkout' then p_booking.check_out else p_booking.check_in end;
  v_wished time := (p_inputs ->> v_field)::time;
  v_from time;
  v_until time;
begin
  select p.* into v_property from public.properties as p where p.tenant_id = p_booking.tenant_id and p.id = p_booking.property_id;
  if v_is_late then
    v_from := coalesce(p_booking.agreed_check_out_time, v_property.check_out_time);
    v_until := make_time(app.setting(v_property.id, 'late_checkout:until_hour', '18')::integer, 0, 0);
    v_wished := coalesce(v_wished, v_until);
  elsif p_booking.checkin_status <> 'PENDING' then
    raise exception 'The guest is in house already.' using errcode = 'PT409', detail = 'guest_is_in_house';
  else
    v_from := make_time(app.setting(v_property.id, 'early_checkin:from_hour', '6')::integer, 0, 0);
    v_until := coalesce(p_booking.agreed_check_in_time, v_property.check_in_time);
    v_wished := coalesce(v_wished, v_from);
  end if;
  if v_wished not between v_from and v_until or v_wished = (case when v_is_late then v_from else v_until end)
     or v_day + v_wished <= app.now() at time zone v_property.time_zone then
    raise exception '% is not offered on %.', app.printed(to_char(v_wished, 'HH24:MI')), app.printed(v_day)
      using errcode = 'PT409', detail = 'hour_not_offered',
            hint = format('Between %s and %s.', to_char(v_from, 'HH24:MI'), to_char(v_until, 'HH24:MI'));
  end if;

  -- nobody else may count on the room in the night beside, nor by day; on the day itself one that stands ready will do
  if v_is_late or v_day > app.today(v_property.id) or not exists (
       select from public.rooms as r
       where r.tenant_id = p_booking.tenant_id and r.id = p_booking.room_id
         and r.occupancy = 'vacant' and r.cleanliness in ('clean', 'inspected')) then
    perform app.stay_must_fit(p_booking, p_booking.room_id, v_day - case when v_is_late then 0 else 1 end,
                              v_day + case when v_is_late then 1 else 0 end);
  end if;
  perform app.stay_must_fit(p_booking, p_booking.room_id, v_day, v_day);
  return jsonb_build_object(v_field, to_char(v_wished, 'HH24:MI'), 'quoted', app.price_of_hours(p_booking, p_subtype));
end
$$;

comment on function app.offered_hours(public.bookings, text, jsonb) is
  'late_checkout or early_checkin: {check_out_time or check_in_time, quoted} for the hour wished, else the most the property gives; refuses with the hours there are; what is agreed already is neither sold nor charged twice. quoted is app.price_of_hours. Settings of the property: late_checkout:until_hour, early_checkin:from_hour.';
