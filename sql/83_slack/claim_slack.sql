-- claim_slack: a hotel's Slack with something to ask becomes one worker's.
-- real clock: leases
create or replace function app.claim_slack(p_lease interval)
returns table (
  tenant_id uuid, fence bigint, offered_token text, bot_token text, is_match_due boolean)
language sql
volatile
set search_path = ''
as $$
  with due as (
    select a.tenant_id
    from notify.slack_access as a
    where (a.offered_token is not null or a.is_test_due or a.is_match_due)
      and a.next_try_at <= clock_timestamp()
      and (a.lease_until is null or a.lease_until < clock_timestamp())
    order by a.next_try_at
    limit 1
    for update skip locked
  )
  update notify.slack_access as n
  set lease_until = clock_timestamp() + p_lease, fence = n.fence + 1
  from due as d
  where n.tenant_id = d.tenant_id
  returning n.tenant_id, n.fence, n.offered_token, n.bot_token, n.is_match_due
$$;

comment on function app.claim_slack(interval) is 'At most one hotel, the longest waiting, under a lease and a higher fence. Worker only.';
revoke all on function app.claim_slack(interval) from public, engine;
