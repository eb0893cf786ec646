-- read_rights: who may read each list, and the permissions that its rows ask for, read from the lists and the policies themselves.
create or replace function app.read_rights()
returns table (list text, about text, session_types text[], needs jsonb, more_with text[])
language sql
stable
set search_path = ''
as $$
  with recursive relations as materialized (
    select c.oid, n.nspname || '.' || c.relname as name, c.relkind = 'v' and n.nspname = 'api' as is_list,
           -- a list may show a view of app, which shows the rows of a table
           case when c.relkind = 'v' and n.nspname in ('api', 'app') then pg_catalog.pg_get_viewdef(c.oid, true) end as body
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^(pg_|information_schema$)'
  ), conditions as materialized (
    -- of members: what lets them at a table's rows; any policy does
    select p.polrelid as relation,
           pg_catalog.regexp_replace(pg_catalog.pg_get_expr(p.polqual, p.polrelid), '\s+', ' ', 'g') as says
    from pg_catalog.pg_policy as p
    where p.polpermissive and p.polcmd in ('r', '*') and p.polroles && array['staff'::regrole, 'admin'::regrole]::oid[]
    union all
    select h.oid, found[1]
    from relations as h
    cross join lateral pg_catalog.regexp_matches(h.body, '(?n)^  WHERE (.*?);?$', 'g') as found
  ), asked as (
    select c.relation, n.named,
           case
             -- each of its branches asks for one of those it names
             when c.says ~ '^ ?CASE ' then n.named
             -- asked first of all, whatever else has to hold
             else pg_catalog.regexp_match(c.says, '^\(* ?SELECT app\.can\(''(hotel:[a-z]+:[a-z]+)''::text\) AS can\)(?: AND |$)')
           end as any_of
    from conditions as c
    cross join lateral (
      select array(select m[1] from pg_catalog.regexp_matches(c.says, '''(hotel:[a-z]+:[a-z]+)''', 'g') as m) as named) as n
  ), groups as (
    select a.relation, pg_catalog.jsonb_agg(distinct k.permission) as any_of
    from asked as a
    left join lateral unnest(a.any_of) as k (permission) on true
    group by a.relation
    having bool_and(a.any_of is not null)
  ), leans as (
    -- what a list is made from, but for what it only adds; and tables whose rows follow those of another
    select h.oid as relation, o.oid as on_relation
    from relations as h
    cross join lateral pg_catalog.regexp_matches(
      h.body, '(?n)^(?: {3}FROM \(*| {5}(?:CROSS )?JOIN )([a-z_]+\.[a-z_0-9]+)\M(?!\()', 'g') as found
    join relations as o on o.name = found[1]
    union
    select c.relation, o.oid
    from conditions as c
    cross join lateral pg_catalog.regexp_matches(c.says, '^\(?EXISTS \( SELECT.*? FROM ([a-z_]+\.[a-z_0-9]+) ') as found
    join relations as o on o.name = found[1]
  ), reached as (
    select h.oid as list_id, h.oid as relation from relations as h where h.is_list
    union
    select r.list_id, l.on_relation from reached as r join leans as l on l.relation = r.relation
  )
  select pg_catalog.split_part(h.name, '.', 2), pg_catalog.obj_description(h.oid, 'pg_class'),
         array(select t from unnest('{anon,guest,staff,admin,kiosk,platform}'::text[]) as t
               where pg_catalog.has_table_privilege(t, h.oid, 'select')),
         n.needs,
         array(select distinct k
               from reached as r
               join asked as a on a.relation = r.relation
               cross join lateral unnest(a.named) as k
               where r.list_id = h.oid and not exists (select from pg_catalog.jsonb_array_elements(n.needs) as g where g ? k)
               order by k)
  from relations as h
  cross join lateral (
    select coalesce(pg_catalog.jsonb_agg(distinct g.any_of), '[]') as needs
    from reached as r join groups as g on g.relation = r.relation
    where r.list_id = h.oid) as n
  where h.is_list
  order by 1
$$;

comment on function app.read_rights() is
  'Every view of api with the session types that may select from it and what its rows ask of members: needs is a list of lists, of each of which they hold at least one permission; more_with shows more rows, or more of them. Nothing is written down twice: a new view is covered by being there.';
