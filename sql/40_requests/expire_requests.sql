-- expire_requests: what outlived its stay expires, once a property's day has changed.
-- may:      called by run_job
-- refuses:  nothing
-- then:     {expired: how many}; unfinished while some of the property's are left, being worked on or beyond the batch
create or replace function app.expire_requests(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_batch constant integer := 200;
  v_expired integer := app.expire_outlived_requests(p_run, c_batch);
begin
  return jsonb_build_object('expired', v_expired, 'is_unfinished', exists (
    select from portal.requests as r
    join public.bookings as b on b.tenant_id = r.tenant_id and b.id = r.booking_id
    join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
    where r.tenant_id = app.tenant_id() and r.property_id = p_run.property_id
      and r.phase not in ('resolved', 'closed')
      and b.checkin_status <> 'CHECKED_IN'
      and app.has_outlived_stay(r, b, app.today_in(p.time_zone))
      and not app.expiry_failed_since(r, p_run.slot)));
end
$$;

comment on function app.expire_requests(app.job_runs) is
  'A stay is outlived when its property''s date changes: whoever is cancelled takes the requests along at once. In batches of 200; what cannot expire is tried again the next day.';
revoke all on function app.expire_requests(app.job_runs) from public, engine, service;
