-- report_stuck_requests: work on which nobody took a step for too long is told to its team, once.
-- may:      called by run_job
-- refuses:  nothing
-- then:     a Slack message for each; {stuck: how many were told now}
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.report_stuck_requests(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_stuck record;
  v_count integer := 0;
begin
  for v_stuck in
    select r.id, r.property_id, t.team_key, m.minutes
    from portal.requests as r
    join portal.request_types as t on t.tenant_id = r.tenant_id and t.id = r.request_type_id
    cross join lateral (
      select (app.setting(r.property_id, 'stuck_minutes:' || r.type_slug, to_jsonb(t.stuck_minutes)) #>> '{}')::integer as minutes) as m
    cross join lateral (
      -- what is agreed for later is not late before; waiting for parts or a guest stops nobody's hands, waiting for a decision does
      select greatest(max(h.at), r.created_at, r.scheduled_for) as since
      from portal.request_status_history as h
      where h.tenant_id = r.tenant_id and h.request_id = r.id) as l
    where r.tenant_id = app.tenant_id() and r.property_id = p_run.property_id
      and (r.phase in ('open', 'active') or r.phase = 'waiting' and app.awaits_approval(r.status, (
        select v.workflow from portal.workflow_versions as v where v.tenant_id = r.tenant_id and v.id = r.workflow_version_id)))
      and m.minutes > 0 and l.since <= app.now() - make_interval(mins => m.minutes)
      and not exists (
        select from public.notification_log as n
        where n.tenant_id = r.tenant_id and n.dedupe_key = format('team:%s:request_stuck:%s', t.team_key, r.id))
    order by r.created_at
    limit 200
  loop
    perform app.notify_team(
      v_stuck.property_id, v_stuck.team_key, 'request_stuck', jsonb_build_object('stuck_minutes', v_stuck.minutes), v_stuck.id,
      'request_stuck:' || v_stuck.id);
    v_count := v_count + 1;
  end loop;
  return jsonb_build_object('stuck', v_count);
end
$$;

alter function app.report_stuck_requests(app.job_runs) owner to engine;
comment on function app.report_stuck_requests(app.job_runs) is
  'Requests that are open, under way or wait for a decision, and took no step for the property''s setting stuck_minutes:<type>, else for what its type says. Each is told once in its life.';
revoke all on function app.report_stuck_requests(app.job_runs) from public, service;
