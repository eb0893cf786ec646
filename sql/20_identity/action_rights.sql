-- action_rights: which permissions each action of the tenant's workflows asks members for.
create or replace function app.action_rights()
returns table (type_slug text, type_label text, action text, label text, needs text[])
language sql
stable
set search_path = ''
as $$
  select t.slug, app.label(t.label), a.key, app.label(a.value -> 'label'),
         array['hotel:requests:read', coalesce(a.value ->> 'permission', 'hotel:requests:write')]
  from portal.request_types as t
  join portal.workflow_versions as v on v.tenant_id = t.tenant_id and v.id = t.current_version_id
  cross join lateral jsonb_each(v.workflow -> 'actions') as a
  where t.tenant_id = app.tenant_id() and (a.value -> 'by') ? 'staff'
  order by t.position, t.slug, (a.value ->> 'position')::integer, a.key
$$;

comment on function app.action_rights() is 'Actions of staff in the current workflow of each request type, with what they ask for beyond a staff or admin session.';
