-- forget_traces: what sign-ins and alarms leave in no hotel's name is forgotten.
-- may:      called by the tick
-- refuses:  nothing
-- then:     at most a batch of each is gone; the next tick goes on
-- real clock: locks and sessions end by it
create or replace function app.forget_traces()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_batch constant integer := 500;
  c_locks constant interval := interval '2 days';
  c_registrations constant interval := interval '7 days';
  c_operator_mails constant interval := interval '90 days';
  c_platform_sessions constant interval := interval '30 days';
begin
  delete from app.operator_mails as m
  where m.id in (
    select o.id
    from app.operator_mails as o
    join app.platform_alerts as a on a.id = o.alert_id
    where a.resolved_at is not null and o.claimed_at < clock_timestamp() - c_operator_mails
    limit c_batch
    for update of o skip locked);
  delete from identity.login_locks as l
  where l.bucket in (
    select o.bucket from identity.login_locks as o
    where o.last_failed_at < clock_timestamp() - c_locks
    limit c_batch
    for update skip locked);
  delete from identity.registrations as r
  where r.key_digest in (
    select o.key_digest from identity.registrations as o where o.made_at < clock_timestamp() - c_registrations limit c_batch);
  delete from identity.platform_sessions as s
  where s.id in (
    select o.id from identity.platform_sessions as o
    where coalesce(o.ended_at, o.expires_at) < clock_timestamp() - c_platform_sessions
    limit c_batch
    for update skip locked);
end
$$;

comment on function app.forget_traces() is
  'Failed sign-ins two days after the last one, keys of registrations after seven days, sessions of the platform''s people thirty days after their end, mails to them about what is over after ninety days.';
