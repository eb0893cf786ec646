-- count_hit: one more try in a bucket's window.
-- real clock: a limit is no rule of the hotel
create or replace function app.count_hit(p_bucket text, p_window interval)
returns integer
language sql
volatile
set search_path = ''
as $$
  insert into app.limits as l (bucket, window_start, hits)
  values (p_bucket, date_bin(p_window, clock_timestamp(), timestamptz '2000-01-01'), 1)
  on conflict (bucket, window_start) do update set hits = l.hits + 1
  returning l.hits
$$;

comment on function app.count_hit(text, interval) is
  'Counts a try and returns the window''s hits. Call it last: the row stays locked until commit. The caller must not raise afterwards, or the count is lost.';
