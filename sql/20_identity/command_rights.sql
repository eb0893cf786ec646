-- command_rights: which permissions each command asks for, read from the commands themselves.
create or replace function app.command_rights(p_command text default null)
returns table (command text, about text, session_types text[], is_read boolean, needs text[], sometimes_needs text[])
language sql
stable
set search_path = ''
as $$
  with recursive routines as materialized (
    select p.oid, p.proname::text as name, p.pronamespace = 'api'::regnamespace as is_command, p.prosrc as body
    from pg_catalog.pg_proc as p
    where p.pronamespace in ('api'::regnamespace, 'app'::regnamespace)
  ), calls as materialized (
    select h.oid, o.oid as called
    from routines as h
    cross join lateral pg_catalog.regexp_matches(h.body, '\mapp\.(\w+)\(', 'g') as found
    join routines as o on not o.is_command and o.name = found[1]
  ), questions as materialized (
    select h.oid, line ~ '^  \S' as is_at_the_top, question[1] = 'require' as is_condition, permission[1] as permission
    from routines as h
    cross join lateral pg_catalog.regexp_split_to_table(h.body, '\n') as line
    cross join lateral pg_catalog.regexp_matches(line, '\mapp\.(require|can)\((.*)', 'g') as question
    cross join lateral pg_catalog.regexp_matches(question[2], '''(hotel:[a-z]+:[a-z]+)''', 'g') as permission
    where h.body like '%hotel:%'
  ), reached as (
    select h.oid as command_id, h.oid as function_id
    from routines as h
    where h.is_command and (p_command is null or h.name = p_command)
    union
    select r.command_id, c.called from reached as r join calls as c on c.oid = r.function_id
  ), asked as (
    select r.command_id, r.function_id = r.command_id as is_own, q.is_at_the_top, q.permission
    from reached as r
    join questions as q on q.oid = r.function_id
    -- what a helper merely looks at changes its answer, and is no condition of the command
    where r.function_id = r.command_id or q.is_condition
  ), always as (
    -- asked first of all; or, where the caller's kind is looked at before, everything the command itself asks for
    select a.command_id, a.permission
    from asked as a
    where a.is_own
      and (a.is_at_the_top or not exists (
        select from asked as o where o.command_id = a.command_id and o.is_own and o.is_at_the_top))
  )
  select c.proname::text, pg_catalog.obj_description(c.oid, 'pg_proc'),
         array(select t from unnest('{anon,guest,staff,admin,kiosk,platform}'::text[]) as t
               where pg_catalog.has_function_privilege(t, c.oid, 'execute')),
         c.provolatile <> 'v', n.needs,
         array(select distinct a.permission from asked as a
               where a.command_id = c.oid and a.permission <> all (n.needs) order by a.permission)
  from pg_catalog.pg_proc as c
  cross join lateral (
    select array(select distinct a.permission from always as a where a.command_id = c.oid order by a.permission) as needs) as n
  where c.pronamespace = 'api'::regnamespace and (p_command is null or c.proname = p_command)
  order by c.proname
$$;

comment on function app.command_rights(text) is
  'Every command of api, or the one named, with the session types that may call it, the permissions it asks every member for (all of them), and those it or what it calls asks for in certain cases. Nothing is written down twice: a new command is covered by being there.';
