-- time_must_lie_in_stay: nobody is called awake after they have left, nor driven long before or after.
-- may:      called by portal_submit_request
-- refuses:  scheduled_for_is_not_in_the_stay, scheduled_for_is_far_from_the_stay
-- then:     nothing
create or replace function app.time_must_lie_in_stay(p_type portal.request_types, p_booking_id uuid, p_inputs jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  c_days_before constant integer := 7;
  c_days_after constant integer := 1;
  v_span text := p_type.asks #>> '{scheduled_for,within}';
  v_stay record;
begin
  if v_span is null or p_booking_id is null then
    return;
  end if;
  select b.check_in, greatest(b.check_out, app.today_in(p.time_zone)) as check_out,
         ((p_inputs ->> 'scheduled_for')::timestamptz at time zone p.time_zone)::date as day
  into v_stay
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = p_type.tenant_id and b.id = p_booking_id;
  if v_span = 'stay' and v_stay.day not between v_stay.check_in and v_stay.check_out then
    raise exception 'The stay is from % to %.', app.printed(v_stay.check_in), app.printed(v_stay.check_out)
      using errcode = 'PT422', detail = 'scheduled_for_is_not_in_the_stay', hint = 'scheduled_for';
  elsif v_span = 'around_stay' and v_stay.day not between v_stay.check_in - c_days_before and v_stay.check_out + c_days_after then
    raise exception 'The stay is from % to %.', app.printed(v_stay.check_in), app.printed(v_stay.check_out)
      using errcode = 'PT422', detail = 'scheduled_for_is_far_from_the_stay', hint = 'scheduled_for';
  end if;
end
$$;

comment on function app.time_must_lie_in_stay(portal.request_types, uuid, jsonb) is
  'Holds scheduled_for of a type that wants it within the stay against the booking''s days, in the property''s zone, or around it: from a week before check-in to the day after check-out; a guest who overstays is here today.';
