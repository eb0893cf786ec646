-- claim_beds24: a connection with something to do becomes one worker's.
-- Invited: let us in. Connected: bookings to fetch, a sweep, or a token that nobody has used for a week.
-- With few credits left in their window a sweep waits, so that what guests do is heard of first; with next to none all waits.
-- real clock: leases, tokens and credits
create or replace function app.claim_beds24(p_lease interval)
returns table (
  tenant_id uuid, connection_id uuid, fence bigint, state text, beds24_property_id bigint, invite_code text, refresh_token text,
  access_token text, access_seconds double precision, is_idle boolean, is_sweep_due boolean, swept_until timestamptz, today date)
language plpgsql
volatile
set search_path = ''
as $$
begin
  return query
    with due as (
      select a.tenant_id, a.connection_id, a.refresh_used_at < clock_timestamp() - interval '7 days' as is_idle,
             a.is_sweep_due and (a.credits_until is null or a.credits_until < clock_timestamp() or a.credits_left >= 30) as is_sweep_due
      from notify.beds24_access as a
      where a.state in ('invited', 'connected')
        and a.next_try_at <= clock_timestamp()
        and (a.lease_until is null or a.lease_until < clock_timestamp())
        and (a.credits_until is null or a.credits_until < clock_timestamp() or a.credits_left >= 5)
        and (a.state = 'invited'
             or a.is_sweep_due and (a.credits_until is null or a.credits_until < clock_timestamp() or a.credits_left >= 30)
             or a.refresh_used_at < clock_timestamp() - interval '7 days'
             or exists (select from notify.beds24_imports as i
                        where i.tenant_id = a.tenant_id and i.connection_id = a.connection_id
                          and i.asked > i.answered and i.not_before <= clock_timestamp()))
      order by a.next_try_at
      limit 1
      for update skip locked
    )
    update notify.beds24_access as n
    set lease_until = clock_timestamp() + p_lease, fence = n.fence + 1
    from due as d
    join notify.beds24_connections as c on c.tenant_id = d.tenant_id and c.id = d.connection_id
    join public.properties as p on p.tenant_id = c.tenant_id and p.id = c.property_id
    where n.tenant_id = d.tenant_id and n.connection_id = d.connection_id
    returning n.tenant_id, n.connection_id, n.fence, n.state, c.beds24_property_id, n.invite_code, n.refresh_token,
      n.access_token, extract(epoch from n.access_until - clock_timestamp())::double precision, d.is_idle, d.is_sweep_due, n.swept_until,
      app.today_in(p.time_zone);
end
$$;

comment on function app.claim_beds24(interval) is 'At most one connection, the longest waiting, under a lease and a higher fence. Worker only.';
revoke all on function app.claim_beds24(interval) from public, engine;
