-- add_rooms: a row of rooms of one kind.
-- may:      hotel:settings:write
-- refuses:  property_not_found, room_pattern_unreadable, rooms_too_many, room_type_not_found, room_has_another_type
-- then:     they can be booked
create or replace function api.add_rooms(p_property_code text, p_room_type_code text, p_pattern text, p_floor text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_type public.room_types;
  v_done jsonb;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  v_type := app.find_room_type(v_property.id, upper(btrim(p_room_type_code)), null);
  v_done := app.lay_rooms(v_property.id, (
    select jsonb_agg(jsonb_build_object('line', n.line, 'room_number', n.number, 'room_type', v_type.code, 'floor', nullif(btrim(p_floor), '')))
    from unnest(app.room_numbers(p_pattern)) with ordinality as n (number, line)));
  if v_done -> 'wrong' <> '[]' then
    raise exception 'These rooms are of another kind already: %.', app.printed((select string_agg(w ->> 'value', ', ') from jsonb_array_elements(v_done -> 'wrong') as w))
      using errcode = 'PT409', detail = 'room_has_another_type', hint = 'Leave them out, or remove them first.';
  end if;
  return v_done - 'wrong';
end
$$;

alter function api.add_rooms(text, text, text, text) owner to engine;
comment on function api.add_rooms(text, text, text, text) is
  'Adds the rooms that a pattern such as 101-120, G01-G08 names, all of one kind; without a floor it is read from the number. Answers {added, unchanged}. The same again changes nothing.';
revoke all on function api.add_rooms(text, text, text, text) from public;
grant execute on function api.add_rooms(text, text, text, text) to staff, admin;
