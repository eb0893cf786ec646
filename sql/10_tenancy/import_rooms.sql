-- import_rooms: rooms from a list, each line with its own fate.
-- may:      hotel:settings:write
-- refuses:  property_not_found, room_lines_invalid, rooms_too_many
-- then:     all are added, or none when a line is wrong
create or replace function api.import_rooms(p_property_code text, p_lines jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  if jsonb_typeof(p_lines) is distinct from 'array' or p_lines = '[]'
     or exists (select from jsonb_array_elements(p_lines) as l where jsonb_typeof(l) <> 'object' or coalesce(l ->> 'line', '') !~ '^\d{1,6}$') then
    raise exception 'There are no lines to read.'
      using errcode = 'PT422', detail = 'room_lines_invalid', hint = 'Send a list of lines, each with its line number.';
  elsif jsonb_array_length(p_lines) > 2000 then
    raise exception 'That would be more than 2000 rooms at once.'
      using errcode = 'PT422', detail = 'rooms_too_many', hint = 'Add them floor by floor.';
  end if;
  return app.lay_rooms(v_property.id, p_lines);
end
$$;

alter function api.import_rooms(text, jsonb) owner to engine;
comment on function api.import_rooms(text, jsonb) is
  'p_lines [{line, room_number, room_type, floor}]. Answers {added, unchanged, wrong: [{line, problem, value}]}, problem one of room_number_missing, room_number_invalid, room_type_missing, room_type_unknown, room_is_repeated, room_has_another_type; with any wrong line nothing is added. The same again changes nothing.';
revoke all on function api.import_rooms(text, jsonb) from public;
grant execute on function api.import_rooms(text, jsonb) to staff, admin;
