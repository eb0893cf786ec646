-- retry_delay: how long to wait after the nth definite failure.
create or replace function app.retry_delay(p_first interval, p_longest interval, p_failures integer)
returns interval
language sql
volatile
set search_path = ''
as $$
  select least(p_longest, p_first * power(2, least(p_failures, 30) - 1)) * (0.75 + random() * 0.5)
$$;

comment on function app.retry_delay(interval, interval, integer) is
  'Doubles with each failure up to p_longest, a quarter more or less so that retries do not come in step.';
