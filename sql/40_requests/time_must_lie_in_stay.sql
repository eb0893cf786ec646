-- time_must_lie_in_stay: nobody is called awake after they have left.
-- may:      called by portal_submit_request
-- refuses:  scheduled_for_is_not_in_the_stay
-- then:     nothing
create or replace function app.time_must_lie_in_stay(p_type portal.request_types, p_booking_id uuid, p_inputs jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_stay record;
begin
  if p_type.asks #>> '{scheduled_for,within}' is distinct from 'stay' or p_booking_id is null then
    return;
  end if;
  select b.check_in, greatest(b.check_out, app.today_in(p.time_zone)) as check_out,
         ((p_inputs ->> 'scheduled_for')::timestamptz at time zone p.time_zone)::date as day
  into v_stay
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = p_type.tenant_id and b.id = p_booking_id;
  if v_stay.day not between v_stay.check_in and v_stay.check_out then
    raise exception 'The stay is from % to %.', app.printed(v_stay.check_in), app.printed(v_stay.check_out)
      using errcode = 'PT422', detail = 'scheduled_for_is_not_in_the_stay', hint = 'scheduled_for';
  end if;
end
$$;

comment on function app.time_must_lie_in_stay(portal.request_types, uuid, jsonb) is
  'Holds scheduled_for of a type that wants it within the stay against the booking''s days, in the property''s zone; a guest who overstays is here today.';
