-- note_warnings: what a property let pass is logged with the room.
create or replace function app.note_warnings(p_property_id uuid, p_room_id uuid, p_warnings text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- of no booking: a booking's events reach its guest
  if p_warnings <> '{}' then
    perform app.emit_event('room.given', p_property_id, null, null, 'room', p_room_id,
      jsonb_build_object('warnings', to_jsonb(p_warnings)));
  end if;
end
$$;

comment on function app.note_warnings(uuid, uuid, text[]) is 'An event of the room for staff, where a room was given with warnings; nothing without.';
