-- every_tenant_table_is_bound: Row level security is on and forced, and the restrictive policy names every role that could come in.
with t as (
select c.oid, n.nspname || '.' || c.relname as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
)
select t.name from t join pg_class c on c.oid = t.oid
where not (c.relrowsecurity and c.relforcerowsecurity) or not exists (
  select from pg_policy p where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*'
  and p.polwithcheck is not null
  and pg_get_expr(p.polqual, p.polrelid) like '%tenant_id%app.tenant_id()%'
  and p.polroles @> array['anon'::regrole, 'guest'::regrole, 'staff'::regrole, 'admin'::regrole,
                          'kiosk'::regrole, 'engine'::regrole]::oid[])
