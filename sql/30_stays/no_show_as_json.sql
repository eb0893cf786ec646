-- no_show_as_json: a booking as the commands of a no-show answer it.
create or replace function app.no_show_as_json(p_booking_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.booking_json(p_booking_id) || jsonb_build_object('no_show_charge', case when c.id is not null then app.charge_as_json(c.id) end)
  from app.no_show_charge(p_booking_id) as c
$$;

comment on function app.no_show_as_json(uuid) is 'app.booking_json with no_show_charge, the fee that stands; null: none.';
