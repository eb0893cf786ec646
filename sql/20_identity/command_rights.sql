-- command_rights: which permissions each command asks for, read from the commands themselves.
create or replace function app.command_rights(p_command text default null)
returns table (command text, about text, session_types text[], is_read boolean, needs text[], sometimes_needs text[])
language sql
stable
set search_path = ''
as $$
  with recursive reached as (
    select p.oid as command_id, p.oid as function_id
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'api'::regnamespace and (p_command is null or p.proname = p_command)
    union
    select r.command_id, q.oid
    from reached as r
    join pg_catalog.pg_proc as p on p.oid = r.function_id
    cross join lateral pg_catalog.regexp_matches(p.prosrc, '\mapp\.(\w+)\(', 'g') as called
    join pg_catalog.pg_proc as q on q.pronamespace = 'app'::regnamespace and q.proname = called[1]
  ), asked as (
    select r.command_id, r.function_id = r.command_id as is_own, line ~ '^  \S' as is_at_the_top, permission[1] as permission
    from reached as r
    join pg_catalog.pg_proc as p on p.oid = r.function_id
    cross join lateral pg_catalog.regexp_split_to_table(p.prosrc, '\n') as line
    -- what a helper merely looks at changes its answer, and is no condition of the command
    cross join lateral pg_catalog.regexp_matches(
      line, case when r.function_id = r.command_id then '\mapp\.(?:require|can)\(.*' else '\mapp\.require\(.*' end, 'g') as question
    cross join lateral pg_catalog.regexp_matches(question[1], '''(hotel:[a-z]+:[a-z]+)''', 'g') as permission
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
