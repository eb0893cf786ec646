-- plan_jobs: every job that a property has exactly one of.
create or replace function app.plan_jobs(p_property public.properties)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.plan_job(p_property, j.key) from app.jobs as j where not j.has_variants;
end
$$;

comment on function app.plan_jobs(public.properties) is 'Plans the jobs of a property; what has several variants is planned where those are made.';
