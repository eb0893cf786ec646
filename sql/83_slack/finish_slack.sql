-- finish_slack: a worker lets go of a hotel's Slack.
-- may:      called by the worker
-- refuses:  nothing
-- then:     what was asked is done; after a failure it is asked again, later each time, and after a dozen not until somebody asks
-- real clock: leases
create or replace function app.finish_slack(p_tenant_id uuid, p_fence bigint, p_is_matched boolean, p_error text, p_wait interval)
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.slack_access as a
  set lease_until = null,
      is_test_due = a.is_test_due and p_error is not null and a.failures < 12,
      is_match_due = a.is_match_due and not p_is_matched and (p_error is null or a.failures < 12),
      matched_at = case when p_is_matched then clock_timestamp() else a.matched_at end,
      failures = case when p_error is null then 0 when p_wait is null then a.failures + 1 else a.failures end,
      next_try_at = clock_timestamp() + coalesce(
        p_wait, case when p_error is null then interval '0' else app.retry_delay('2 seconds', '10 minutes', a.failures + 1) end),
      last_error = p_error,
      last_error_at = case when p_error is not null then clock_timestamp() end
  where a.tenant_id = p_tenant_id and a.fence = p_fence
$$;

comment on function app.finish_slack(uuid, bigint, boolean, text, interval) is
  'p_is_matched: everybody who is not linked was looked for. With p_wait Slack asked to wait, which is no failure. Worker only.';
revoke all on function app.finish_slack(uuid, bigint, boolean, text, interval) from public, engine;
