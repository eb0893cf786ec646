-- tell_of_guessing: codes are being guessed from many addresses, and the platform hears of it once.
-- may:      called by try_code
-- refuses:  nothing
-- then:     one alert, however long the burst and wherever its ten minutes begin
-- real clock: a limit is no rule of the hotel
create or replace function app.tell_of_guessing(p_wrong_codes integer, p_within interval)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_recent constant timestamptz := clock_timestamp() - p_within;
begin
  if exists (select from app.platform_alerts as a where a.kind = 'code_guessing' and a.raised_at > c_recent) then
    return;
  end if;
  -- lock: who comes at the same moment, in the next window of the counter even, sees the alert
  perform pg_advisory_xact_lock(hashtextextended('app.tell_of_guessing', 0));
  insert into app.platform_alerts (kind, dedupe_key, details)
  select 'code_guessing', 'code_guessing:' || date_bin(p_within, clock_timestamp(), '2000-01-01'),
         jsonb_build_object('wrong_codes', p_wrong_codes, 'within', p_within)
  where not exists (select from app.platform_alerts as a where a.kind = 'code_guessing' and a.raised_at > c_recent)
  on conflict (dedupe_key) do nothing;
end
$$;

comment on function app.tell_of_guessing(integer, interval) is 'Raises code_guessing unless it was raised within that time.';
