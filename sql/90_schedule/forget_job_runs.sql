-- forget_job_runs: what the clock noted long ago goes, and after two days the rounds of what recurs.
create or replace function app.forget_job_runs(p_property_id uuid, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_rounds constant interval := interval '2 days';
  c_others constant interval := interval '90 days';
  v_count integer;
begin
  delete from app.job_runs as r
  where r.tenant_id = app.tenant_id() and r.ctid = any (array(
    select o.ctid
    from app.job_runs as o
    join app.jobs as j on j.key = o.job
    where o.tenant_id = app.tenant_id() and o.property_id = p_property_id
      and o.slot < app.now() - case when j.every is not null and o.state = 'done' then c_rounds else c_others end
    limit p_limit));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.forget_job_runs(uuid, integer) is
  'A job that recurs every five minutes notes 288 rounds a day: those that went well are kept two days, every other run ninety.';
