-- count_hit: one more try in a bucket, and how many that makes in the window up to now.
-- real clock: a limit is no rule of the hotel
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.count_hit(p_bucket text, p_window interval)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_start timestamptz := date_bin(p_window, v_now, timestamptz '2000-01-01');
  v_hits integer;
begin
  insert into app.limits as l (bucket, window_start, hits)
  values (p_bucket, v_start, 1)
  on conflict (bucket, window_start) do update set hits = l.hits + 1
  returning l.hits into v_hits;
  return v_hits + coalesce((
    select round(l.hits * (1 - extract(epoch from v_now - v_start) / extract(epoch from p_window)))
    from app.limits as l
    where l.bucket = p_bucket and l.window_start = v_start - p_window), 0);
end
$$;

comment on function app.count_hit(text, interval) is
  'Counts a try and returns the hits of the window that ends now, as app.limit_wait sees them. Call it last: the row stays locked until commit. The caller must not raise afterwards, or the count is lost.';
