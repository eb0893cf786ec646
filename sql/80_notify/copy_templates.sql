-- copy_templates: a tenant's message templates follow the seeds as long as nobody edited them.
-- A new text is a draft until the provider has approved it; an approved one is kept in use until then.
create or replace function app.copy_templates()
returns void
language sql
volatile
set search_path = ''
as $$
  update notify.templates as t
  set pending = r.data, reference_digest = r.digest, updated_at = app.now()
  from app.reference_data as r
  where r.kind = 'templates' and t.tenant_id = app.tenant_id() and t.channel = r.data ->> 'channel' and t.key = r.key
    and t.status = 'approved' and t.reference_digest <> r.digest;

  insert into notify.templates as t (tenant_id, key, channel, event, category, content_name, variables, bodies, reference_digest)
  select app.tenant_id(), r.key, r.data ->> 'channel', r.data ->> 'event', r.data ->> 'category', r.data ->> 'content_name',
         r.data -> 'variables', r.data -> 'bodies', r.digest
  from app.reference_data as r
  where r.kind = 'templates'
  on conflict (tenant_id, channel, key) do update
    set event = excluded.event, category = excluded.category, content_name = excluded.content_name,
        variables = excluded.variables, bodies = excluded.bodies, content_ids = '{}', status = 'draft', pending = null,
        reference_digest = excluded.reference_digest, updated_at = app.now()
    where t.reference_digest <> excluded.reference_digest
$$;

comment on function app.copy_templates() is 'Writes each seeded template that the tenant lacks or holds untouched in an older text; changed texts are drafts, beside an approved one they wait as pending.';
