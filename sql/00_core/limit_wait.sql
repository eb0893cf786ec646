-- limit_wait: how long a bucket that is full makes its callers wait.
create or replace function app.limit_wait(p_bucket text, p_window interval, p_most integer)
returns integer
language sql
volatile
set search_path = ''
as $$
  select greatest(1, ceil(extract(epoch from l.window_start + p_window - clock_timestamp())))::integer
  from app.limits as l
  where l.bucket = p_bucket
    and l.window_start = date_bin(p_window, clock_timestamp(), timestamptz '2000-01-01')
    and l.hits >= p_most
$$;

comment on function app.limit_wait(text, interval, integer) is
  'Seconds until a bucket with p_most hits or more in the current window opens again; null while there is room. Real clock: limits are no rule of the hotel.';
