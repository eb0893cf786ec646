-- stay_must_be_covered: the rooms of a booking fit its dates, segment to segment.
-- refuses:  stays_cover_their_booking
create or replace function app.stay_must_be_covered(p_tenant_id uuid, p_booking_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_booking record;
  v_laid record;
  v_fits boolean;
begin
  select b.status, b.room_id, b.check_in, b.check_out, b.checked_out_on, app.today_in(p.time_zone) as today into v_booking
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  where b.tenant_id = p_tenant_id and b.id = p_booking_id;

  select count(*) as segments, min(s.starts_on) as starts_on, max(s.ends_on) as ends_on,
         bool_and(s.starts_on = s.previous_end or s.previous_end is null) as is_contiguous,
         (array_agg(s.room_id order by s.starts_on desc, s.ends_on desc))[1] as last_room_id
  into v_laid
  from (select g.starts_on, g.ends_on, g.room_id, lag(g.ends_on) over (order by g.starts_on, g.ends_on) as previous_end
        from public.stays as g
        where g.tenant_id = p_tenant_id and g.booking_id = p_booking_id and g.released_at is null) as s;

  v_fits := case
    when v_booking.status is null or v_booking.status = 'no_show' then true
    when v_booking.status not in ('pending', 'confirmed') or v_booking.room_id is null then v_laid.segments = 0
    when v_laid.segments = 0 then v_booking.check_out <= v_booking.today and v_booking.check_in < v_booking.check_out
    else v_laid.is_contiguous
      and v_laid.starts_on between v_booking.check_in and greatest(v_booking.check_in, v_booking.today)
      and v_laid.ends_on between v_booking.check_out and greatest(v_booking.check_out, v_booking.checked_out_on)
      and (v_laid.last_room_id = v_booking.room_id or v_booking.check_out <= v_booking.today)
  end;
  if not v_fits then
    raise exception 'The rooms laid out for this booking do not fit its dates.'
      using errcode = 'PT409', detail = 'stays_cover_their_booking',
            hint = 'Use move_room or change_stay_dates.';
  end if;
end
$$;

comment on function app.stay_must_be_covered(uuid, uuid) is
  'A booking with a room has live segments without a gap from check_in (or from the day a late guest was given the room) to check_out, or to the actual last day if that is later; the last one is its room. Any other booking has none.';
