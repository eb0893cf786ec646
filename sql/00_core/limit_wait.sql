-- limit_wait: how long a bucket that is full makes its callers wait.
-- The window slides: tries of the calendar window before count by the share of it that is not yet over.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.limit_wait(p_bucket text, p_window interval, p_most integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_start timestamptz := date_bin(p_window, v_now, timestamptz '2000-01-01');
  v_seconds double precision := extract(epoch from p_window);
  v_part double precision := extract(epoch from v_now - v_start) / v_seconds;
  v_room double precision := p_most - 0.5;
  v_hits integer;
  v_before integer;
begin
  select coalesce(sum(l.hits) filter (where l.window_start = v_start), 0),
         coalesce(sum(l.hits) filter (where l.window_start < v_start), 0)
  into v_hits, v_before
  from app.limits as l
  where l.bucket = p_bucket and l.window_start in (v_start, v_start - p_window);

  if v_hits + v_before * (1 - v_part) < v_room then
    return null;
  end if;
  -- until enough of the older tries is over, in this window or in the next
  return least(v_seconds, greatest(1, ceil(v_seconds * case
    when v_hits < v_room then 1 - (v_room - v_hits) / v_before - v_part
    else 2 - v_room / v_hits - v_part
  end)));
end
$$;

comment on function app.limit_wait(text, interval, integer) is
  'Seconds until a bucket with p_most hits or more in the window that ends now has room again, at most the window; null while there is room. Real clock: limits are no rule of the hotel.';
