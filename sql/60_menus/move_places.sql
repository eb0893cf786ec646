-- move_places: an order takes its places, changes them, or gives them back.
-- may:      called by commands of menu orders and the workflow trigger
-- refuses:  slot_full, slot_closed
-- then:     the sessions are locked in order of id, and counted
create or replace function app.move_places(
  p_from uuid,
  p_from_people integer,
  p_to uuid,
  p_to_people integer,
  p_capacity integer,
  p_menu service_menus.menus,
  p_booking public.bookings
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_session service_menus.sessions;
  v_left integer;
begin
  -- lock
  perform from service_menus.sessions as x
  where x.tenant_id = app.tenant_id() and x.id in (p_from, p_to)
  order by x.id
  for no key update;

  update service_menus.sessions as x set taken = x.taken - p_from_people where x.tenant_id = app.tenant_id() and x.id = p_from;
  if p_to is null then
    return;
  end if;
  select x.* into v_session from service_menus.sessions as x where x.tenant_id = app.tenant_id() and x.id = p_to;
  v_left := p_capacity - v_session.taken;
  if v_session.locked_at is not null then
    raise exception 'That time is closed by now.' using errcode = 'PT409', detail = 'slot_closed', hint = app.serving_hint(p_menu, p_booking, p_to_people);
  elsif v_left < p_to_people then
    raise exception '%', app.printed(case when v_left < 1 then 'That time is full.' else format('Only %s places are left at that time.', v_left) end)
      using errcode = 'PT409', detail = 'slot_full', hint = app.serving_hint(p_menu, p_booking, p_to_people);
  end if;
  update service_menus.sessions as x set taken = x.taken + p_to_people where x.tenant_id = app.tenant_id() and x.id = p_to;
end
$$;

comment on function app.move_places(uuid, integer, uuid, integer, integer, service_menus.menus, public.bookings) is
  'Gives p_from_people places back to a session, and takes p_to_people of another (or the same) up to p_capacity. Either may be null. Menu and booking are for the hint of a refusal.';
