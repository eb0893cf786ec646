-- claim_operator_mails: what who runs the installation has to be written now.
-- may:      the worker, which sends it and says what came of it
-- refuses:  nothing
-- then:     one is claimed, the oldest: each address gets one as an alert begins and one when it is over; what failed definitely comes again, a little later each time
-- real clock: a clock that stands still is told by another
create or replace function app.claim_operator_mails(p_operator text)
returns table (id uuid, recipient text, kind text, is_over boolean, details jsonb, raised_at timestamptz, resolved_at timestamptz)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  c_kinds constant text[] := array['tick_late', 'tick_failed', 'job_given_up'];
  -- what was over before that is no news
  c_news constant interval := interval '1 day';
begin
  return query
    with wanted as (
      select a.id as alert_id, a.resolved_at is not null as is_over, r.recipient
      from app.platform_alerts as a
      -- who heard of the beginning hears of the end
      cross join lateral unnest(coalesce(
        (select array_agg(m.recipient) from app.operator_mails as m where m.alert_id = a.id and not m.is_over and a.resolved_at is not null),
        app.operator_addresses(p_operator))) as r (recipient)
      where a.kind = any (c_kinds) and (a.resolved_at is null or a.resolved_at > app.now() - c_news)
        and not exists (
          select from app.operator_mails as m
          where m.alert_id = a.id and m.is_over = (a.resolved_at is not null) and m.recipient = r.recipient
            and (m.next_try_at is null or m.next_try_at > clock_timestamp()))
      order by a.raised_at, a.id, r.recipient
      limit 1
    ), claimed as (
      insert into app.operator_mails as m (alert_id, is_over, recipient)
      select w.alert_id, w.is_over, w.recipient from wanted as w
      on conflict (alert_id, is_over, recipient) do update
      set state = 'sending', tries = m.tries + 1, next_try_at = null, claimed_at = clock_timestamp()
      where m.next_try_at <= clock_timestamp()
      returning m.*
    )
    select c.id, c.recipient, a.kind, c.is_over, a.details, a.raised_at, a.resolved_at
    from claimed as c
    join app.platform_alerts as a on a.id = c.alert_id;
end
$$;

comment on function app.claim_operator_mails(text) is
  'One mail at most, about tick_late, tick_failed or job_given_up. What began and ended before anybody could be written to is one mail, of its end. p_operator as app.operator_addresses takes it. Worker only.';
revoke all on function app.claim_operator_mails(text) from public, engine;
grant execute on function app.claim_operator_mails(text) to service;
