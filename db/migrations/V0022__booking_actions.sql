/* pgmigrate-encoding: utf-8 */
-- Hours agreed with a guest beside the house's own: a late check-out, an early check-in.

alter table public.bookings
  add column agreed_check_in_time time,
  add column agreed_check_out_time time;
comment on column public.bookings.agreed_check_in_time is 'Local time from which this guest has the room on the day of arrival, where it was agreed otherwise; null: the property''s own.';
comment on column public.bookings.agreed_check_out_time is 'Local time until which this guest has the room on the day of departure, where it was agreed otherwise; null: the property''s own.';
