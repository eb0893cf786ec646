-- beds24_traits: of a stay of Beds24 what is kept beside it: nothing personal.
create or replace function app.beds24_traits(p_stay jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_object_agg(t.key, t.value)
  from jsonb_each(p_stay) as t
  where t.key in ('status', 'is_no_show', 'room_id', 'unit_id', 'arrives_on', 'leaves_on', 'adults', 'children', 'price')
$$;

comment on function app.beds24_traits(jsonb) is 'Status, room, dates, heads and price of app.beds24_stay''s answer, to compare the next version with.';
