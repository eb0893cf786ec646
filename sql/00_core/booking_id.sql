-- booking_id: the booking of a guest's session.
create or replace function app.booking_id()
returns uuid
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.booking_id', true), '')::uuid;
end;

comment on function app.booking_id() is 'The booking of a guest''s session.';
select app.grant_to_readers('app.booking_id()');
