-- load_reference: what every tenant is given, from the seeds.
-- may:      the migrating role
-- refuses:  nothing
-- then:     reference_data follows the seeds; permissions and plans, which belong to no tenant, too
create or replace function app.load_reference(p_kind text, p_data jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into app.reference_data as r (kind, key, data)
  select p_kind, coalesce(e ->> 'slug', e ->> 'key', e ->> 'feature', e ->> 'name'), e
  from jsonb_array_elements(p_data) as e
  on conflict (kind, key) do update set data = excluded.data, updated_at = app.now()
  where r.data is distinct from excluded.data;

  insert into identity.permissions as p (key, description)
  select e ->> 'key', e -> 'description' from jsonb_array_elements(p_data) as e where p_kind = 'permissions'
  on conflict (key) do update set description = excluded.description where p.description is distinct from excluded.description;

  insert into public.plans as p (name, limits)
  select e ->> 'name', coalesce(e -> 'limits', '{}') from jsonb_array_elements(p_data) as e where p_kind = 'plans'
  on conflict (name) do update set limits = excluded.limits where p.limits is distinct from excluded.limits
$$;

comment on function app.load_reference(text, jsonb) is 'Upserts a list of reference documents of one kind by their slug, key, feature or name. Unchanged ones are not written.';
revoke all on function app.load_reference(text, jsonb) from public, engine, service;
