-- copy_templates: a tenant's message templates follow the seeds as long as nobody edited them.
-- A new WhatsApp text is a draft until the provider has approved it; an approved one is kept in use until then.
-- Nobody has to approve what leaves by mail or SMS.
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
    and t.channel = 'whatsapp' and t.status = 'approved' and t.reference_digest <> r.digest;

  insert into notify.templates as t (
    tenant_id, key, channel, event, category, content_name, variables, subjects, bodies, status, reference_digest)
  select app.tenant_id(), r.key, r.data ->> 'channel', r.data ->> 'event', r.data ->> 'category', r.data ->> 'content_name',
         r.data -> 'variables', r.data -> 'subjects', r.data -> 'bodies',
         case when r.data ->> 'channel' = 'whatsapp' then 'draft' else 'approved' end, r.digest
  from app.reference_data as r
  where r.kind = 'templates'
  on conflict (tenant_id, channel, key) do update
    set event = excluded.event, category = excluded.category, content_name = excluded.content_name,
        variables = excluded.variables, subjects = excluded.subjects, bodies = excluded.bodies, content_ids = '{}',
        status = excluded.status, pending = null,
        reference_digest = excluded.reference_digest, updated_at = app.now()
    where t.reference_digest <> excluded.reference_digest
$$;

comment on function app.copy_templates() is 'Writes each seeded template that the tenant lacks or holds untouched in an older text; changed WhatsApp texts are drafts, beside an approved one they wait as pending.';
