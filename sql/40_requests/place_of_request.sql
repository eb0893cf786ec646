-- place_of_request: the property, booking and room a request is about.
-- may:      called by portal_submit_request, booking_of_order and booking_change_offer
-- refuses:  booking_not_found, booking_takes_no_requests, property_not_found, room_not_found
-- then:     the booking stands still until commit: no request outlives one that is being cancelled
create or replace function app.place_of_request(
  p_request jsonb,
  out property_id uuid,
  out booking_id uuid,
  out room_id uuid,
  out state text
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking_id text := p_request ->> 'on_behalf_of';
begin
  if app.session_role() = 'guest' then
    v_booking_id := app.booking_id();
  end if;

  if v_booking_id is not null then
    select b.property_id, b.id, b.room_id,
           app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone))
    into property_id, booking_id, room_id, state
    from public.bookings as b
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    where b.tenant_id = app.tenant_id()
      and b.id = app.uuid_or_null(v_booking_id)
      and app.sees_property(b.property_id)
    -- lock: shared, many may order
    for share of b;
    if not found then
      raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
    elsif state is null then
      raise exception 'This booking takes no requests.'
        using errcode = 'PT409', detail = 'booking_takes_no_requests', hint = 'It is not confirmed, or the guest never came.';
    end if;
    return;
  end if;

  select p.id into property_id
  from public.properties as p
  where p.tenant_id = app.tenant_id()
    and app.sees_property(p.id)
    and (p_request ->> 'property_code' is null or p.code = upper(p_request ->> 'property_code'))
  order by p.is_default desc, p.code
  limit 1;
  if not found then
    raise exception 'There is no such property.' using errcode = 'PT404', detail = 'property_not_found', hint = 'Give property_code.';
  end if;
  if p_request ->> 'room_number' is not null then
    select r.id into room_id
    from public.rooms as r
    where r.tenant_id = app.tenant_id() and r.property_id = place_of_request.property_id
      and lower(r.room_number) = lower(btrim(p_request ->> 'room_number'));
    if not found then
      raise exception 'There is no room %.', app.printed(p_request ->> 'room_number') using errcode = 'PT422', detail = 'room_not_found', hint = 'room_number';
    end if;
  end if;
end
$$;

comment on function app.place_of_request(jsonb) is 'A guest''s own booking, the booking a member acts for, or the property (and room) of staff''s own work.';
