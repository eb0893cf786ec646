-- expire_outlived_requests: what waits for guests who are gone expires.
-- may:      called by expire_requests, with the tenant set
-- refuses:  nothing: what cannot expire raises an alert, and the others take its place in the batch
-- then:     each expires through its workflow: history by the system, stock back, messages as the workflow says
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.expire_outlived_requests(p_run app.job_runs, p_most integer)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_requests portal.requests[];
  v_request portal.requests;
  v_count integer := 0;
begin
  -- lock: nobody is waited for; what is being worked on is looked at a minute later
  select coalesce(array_agg(l.request), '{}') into v_requests
  from (
    select r as request
    from portal.requests as r
    join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    where r.tenant_id = app.tenant_id() and r.property_id = p_run.property_id
      and r.phase not in ('resolved', 'closed')
      and b.checkin_status <> 'CHECKED_IN'
      and app.has_outlived_stay(r, b, app.today_in(p.time_zone))
      and not app.expiry_failed_since(r, p_run.slot)
    order by r.id
    limit p_most
    for share of b skip locked
    for no key update of r skip locked) as l;
  -- lock: all servings and items they took, each in order of id, as orders do
  perform app.lock_servings(v_requests);
  perform from portal.catalog_items as i
  where i.tenant_id = app.tenant_id()
    and i.id in (
      select m.item_id from portal.stock_moves as m
      where m.tenant_id = app.tenant_id() and m.request_id in (select q.id from unnest(v_requests) as q))
  order by i.id
  for no key update;

  foreach v_request in array v_requests loop
    begin
      perform app.end_request(v_request, 'expire', case b.checkin_status when 'CHECKED_OUT' then 'stay_is_over' else 'guest_never_came' end)
      from public.bookings as b
      where b.tenant_id = v_request.tenant_id and b.id = v_request.booking_id;
      v_count := v_count + 1;
    exception
      when others then
        perform app.note_failed_expiry(v_request, sqlstate);
    end;
  end loop;
  -- whoever ended it has seen to it
  update public.alerts as a
  set resolved_at = app.now()
  from portal.requests as r
  where a.tenant_id = app.tenant_id() and a.property_id = p_run.property_id and a.kind = 'request_cannot_expire' and a.resolved_at is null
    and r.tenant_id = a.tenant_id and r.id = (a.details ->> 'request_id')::uuid and r.phase = 'closed';
  return v_count;
end
$$;

alter function app.expire_outlived_requests(app.job_runs, integer) owner to engine;
comment on function app.expire_outlived_requests(app.job_runs, integer) is
  'Takes the action expire on a property''s outlived requests that are not resolved, p_most at a time, oldest first, each once a run; returns how many expired.';
revoke all on function app.expire_outlived_requests(app.job_runs, integer) from public, service;
