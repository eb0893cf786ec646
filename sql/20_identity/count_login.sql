-- count_login: a sign-in is counted as failed before the password is looked at, so that twins cannot slip through together.
-- may:      called by begin_login, begin_badge_login, begin_platform_login and begin_registration
-- refuses:  nothing: seconds to wait when a bucket is shut, and then nothing is counted
-- then:     each bucket has one failure more, and is shut where that is one too many
-- real clock: a lock is no rule of the hotel
create or replace function app.count_login(p_buckets text[])
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_wait integer;
begin
  insert into identity.login_locks (bucket, last_failed_at)
  select b, clock_timestamp() from unnest(p_buckets) as b order by b
  on conflict (bucket) do nothing;
  -- lock: account, address, network
  perform from identity.login_locks as l where l.bucket = any (p_buckets) order by l.bucket for update;

  select ceil(extract(epoch from max(l.locked_until) - clock_timestamp())) into v_wait
  from identity.login_locks as l
  where l.bucket = any (p_buckets) and l.locked_until > clock_timestamp();
  if v_wait is not null then
    return greatest(v_wait, 1);
  end if;

  update identity.login_locks as l
  set failures = n.failures, last_failed_at = clock_timestamp(),
      locked_until = clock_timestamp() + make_interval(secs => app.login_lock_seconds(l.bucket, n.failures))
  from (select o.bucket, case when o.last_failed_at < clock_timestamp() - f.after then 1 else o.failures + 1 end as failures
        from identity.login_locks as o
        cross join lateral (select case when o.bucket like 'account:%' then interval '24 hours' else interval '1 hour' end) as f (after)
        where o.bucket = any (p_buckets)) as n
  where n.bucket = l.bucket;
  return null;
end
$$;

comment on function app.count_login(text[]) is 'Counts one sign-in as failed under each bucket, or gives the seconds until the last shut one opens. An account forgets after a day without failures, an address and a network, which many may share, after an hour.';
