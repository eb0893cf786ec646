-- What a new Supabase project's database is like before anything of ours is in it, as far as it can matter to us:
-- roles, schemas, the rights that its `postgres` has, and the rights that it gives away by default.
-- Run by supabase_admin, the one superuser, in the database that is to have this shape.

-- Those who come in through the data API, and the one who lets them in.
do $$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    return;
  end if;
  create role anon nologin noinherit;
  create role authenticated nologin noinherit;
  create role service_role nologin noinherit bypassrls;
  create role authenticator login noinherit;
  grant anon, authenticated, service_role to authenticator;
  grant anon, authenticated, service_role to postgres;
  alter role anon set statement_timeout = '3s';
  alter role authenticated set statement_timeout = '8s';
  alter role authenticator set statement_timeout = '8s';
  alter role authenticator set lock_timeout = '8s';

  -- The house's own services.
  create role supabase_auth_admin login noinherit createrole;
  create role supabase_storage_admin login noinherit createrole;
  create role supabase_functions_admin login noinherit createrole;
  create role supabase_replication_admin login replication;
  create role supabase_read_only_user login bypassrls;
  create role supabase_realtime_admin nologin noinherit;
  create role dashboard_user nosuperuser createdb createrole replication;
  create role pgbouncer login;
  grant pg_read_all_data to supabase_read_only_user;
  grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
  alter role postgres set search_path = "$user", public, extensions;
end
$$;

grant all on schema public to postgres;

create schema extensions authorization postgres;
create schema auth authorization supabase_auth_admin;
create schema storage authorization supabase_storage_admin;
create schema realtime authorization supabase_realtime_admin;
create schema graphql_public authorization supabase_admin;
create schema vault authorization supabase_admin;
grant usage on schema extensions, auth, storage, realtime, graphql_public to postgres, anon, authenticated, service_role;

create extension pgcrypto with schema extensions;
create extension "uuid-ossp" with schema extensions;

-- auth: users of its own, and what policies ask of the token.
create table auth.users (id uuid primary key, email text unique, encrypted_password text, created_at timestamptz);
alter table auth.users owner to supabase_auth_admin;
create function auth.jwt() returns jsonb language sql stable as
  $$ select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb $$;
create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
create function auth.email() returns text language sql stable as $$ select auth.jwt() ->> 'email' $$;

create table storage.buckets (id text primary key, name text not null unique, owner uuid);
create table storage.objects (id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets (id), name text);
alter table storage.buckets owner to supabase_storage_admin;
alter table storage.objects owner to supabase_storage_admin;
alter table storage.objects enable row level security;

-- The data API is told of every change to the schema.
create function extensions.pgrst_ddl_watch() returns event_trigger language plpgsql as
  $$ begin notify pgrst, 'reload schema'; end $$;
create event trigger pgrst_ddl_watch on ddl_command_end when tag in ('CREATE TABLE', 'CREATE VIEW', 'CREATE FUNCTION', 'ALTER TABLE')
  execute function extensions.pgrst_ddl_watch();

-- Where pg_cron can be, `postgres` may plan jobs with it.
do $$
begin
  if current_setting('cron.database_name', true) = current_database() then
    create extension pg_cron;
    grant usage on schema cron to postgres with grant option;
    grant execute on all functions in schema cron to postgres with grant option;
    grant select on all tables in schema cron to postgres with grant option;
  else
    create schema cron authorization supabase_admin;
    grant usage on schema cron to postgres;
  end if;
end
$$;

-- Whatever `postgres` makes in schema public is open to everyone who comes in. Ours must not be.
grant usage on schema public to anon, authenticated, service_role;
set role postgres;
alter default privileges in schema public grant all on tables to postgres, anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to postgres, anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to postgres, anon, authenticated, service_role;
reset role;
