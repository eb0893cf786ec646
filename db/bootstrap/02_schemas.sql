-- Extensions, schemas and who may use them. API roles get api and hook; nothing else can even be named by them.

create schema if not exists extensions;
create extension if not exists btree_gist with schema extensions;
create extension if not exists pgcrypto with schema extensions;

-- pg_cron lives in one database of a cluster; elsewhere (tests, templates) the worker ticks.
do $$
begin
  if current_setting('cron.database_name', true) = current_database() then
    create extension if not exists pg_cron;
  end if;
end
$$;

create schema if not exists app;
create schema if not exists api;
create schema if not exists hook;
create schema if not exists portal;
create schema if not exists identity;
create schema if not exists notify;
create schema if not exists kiosk;
create schema if not exists housekeeping;

comment on schema app is 'Helpers, clock, settings, limits and private rules. Never exposed.';
comment on schema api is 'Views and commands: the only schema PostgREST shows.';
comment on schema hook is 'Holds pre_request alone, which PostgREST calls by name as the request''s role.';
comment on schema portal is 'Guest requests, their workflows and the catalogue.';
comment on schema identity is 'Users, memberships, roles, sessions.';
comment on schema housekeeping is 'What housekeeping notes beside its requests.';
comment on schema kiosk is 'The devices that check guests in.';
comment on schema notify is 'Templates, teams and the workers of the notification ledger.';

-- Without "in schema": only that form takes PUBLIC's right away (the other does nothing).
alter default privileges revoke execute on functions from public;
revoke create on schema public from public;
revoke usage on schema public from public;

-- On Supabase these roles are there already, with rights on whatever is made in public: they get none on ours.
do $$
declare
  v_role name;
  v_kind text;
begin
  for v_role in select rolname from pg_catalog.pg_roles where rolname in ('anon', 'authenticated', 'service_role') loop
    execute format('revoke all on schema public from %I', v_role);
    foreach v_kind in array array['tables', 'functions', 'sequences'] loop
      execute format('alter default privileges in schema public revoke all on %s from %I', v_kind, v_role);
    end loop;
  end loop;
end
$$;

grant usage on schema api, hook to anon, guest, staff, admin, kiosk, platform;
grant usage on schema public, app, portal, identity, notify, kiosk, housekeeping, extensions to engine, service;
grant usage on schema public, app, portal, identity, notify to resolver;
grant usage on schema public, app to auditor;

-- Private helpers are for commands and the worker; a view's or policy's helper is granted to its readers one by one.
alter default privileges in schema app grant execute on functions to engine, service;
