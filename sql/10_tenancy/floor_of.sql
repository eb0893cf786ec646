-- floor_of: the floor that a room number speaks of.
create or replace function app.floor_of(p_room_number text)
returns text
language sql
immutable
set search_path = ''
as $$
  select substring(p_room_number from '^(.+)\d\d$')
$$;

comment on function app.floor_of(text) is 'What stands before the last two digits: 1 of 101, 12 of 1204, G of G07; null of 7.';
