-- every_key_leads_with_the_tenant: Primary keys and uniques of tenant tables lead with tenant_id, but for what resolvers look up.
with t as (
select c.oid, n.nspname || '.' || c.relname as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
)
    select t.name || '(' || string_agg(coalesce(a.attname, '?'), ', ' order by k.place) || ')'
    from t join pg_index i on i.indrelid = t.oid and i.indisunique
    cross join lateral unnest(i.indkey[0:i.indnkeyatts - 1]) with ordinality k (number, place)
    left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number and k.number <> 0
    group by t.name, i.indexrelid
    having (array_agg(a.attname order by k.place))[1] is distinct from 'tenant_id'
