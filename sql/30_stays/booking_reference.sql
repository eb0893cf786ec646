-- booking_reference: what a booking is called in a mail and at the desk.
-- Without "set search_path": parsed at creation.
create or replace function app.booking_reference(p_booking_id uuid)
returns text
language sql
immutable
parallel safe
begin atomic
  select upper(right(p_booking_id::text, 8));
end;

comment on function app.booking_reference(uuid) is 'The last eight signs of a booking''s id, in capitals.';
select app.grant_to_readers('app.booking_reference(uuid)');
