-- copy_teams: a tenant's teams follow the seeds as long as nobody edited them.
create or replace function app.copy_teams()
returns void
language sql
volatile
set search_path = ''
as $$
  insert into notify.teams as t (tenant_id, key, label, icon, reference_digest)
  select app.tenant_id(), r.key, r.data -> 'label', coalesce(r.data ->> 'icon', 'bell'), r.digest
  from app.reference_data as r
  where r.kind = 'teams'
  on conflict (tenant_id, property_id, key) do update
    set label = excluded.label, icon = excluded.icon, reference_digest = excluded.reference_digest, updated_at = app.now()
    where t.reference_digest <> excluded.reference_digest
$$;

comment on function app.copy_teams() is 'Writes each seeded team that the tenant lacks or holds untouched in an older text.';
