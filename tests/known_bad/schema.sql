-- A schema with everything wrong that our tools are there for. Each defect names who must find it, and its words.

-- defect: dblint: rlsDisabledInPublic: Table `public.bad_open` is public, but RLS has not been enabled
-- defect: rule every_tenant_table_is_bound: public.bad_open
create table public.bad_open (tenant_id uuid, id uuid, primary key (tenant_id, id));
grant select on public.bad_open to anon;

-- defect: dblint: rlsEnabledNoPolicy: Table `public.bad_mute` has RLS enabled, but no policies exist
-- defect: rule every_table_has_an_owner: public.bad_mute
create table public.bad_mute (id uuid primary key);
alter table public.bad_mute enable row level security;

-- defect: dblint: policyExistsRlsDisabled: Table `public.bad_off` has RLS policies but RLS is not enabled
create table public.bad_off (tenant_id uuid, id uuid, primary key (tenant_id, id));
create policy everyone on public.bad_off to staff using (true);

-- defect: dblint: noPrimaryKey: Table `public.bad_keyless` does not have a primary key
-- defect: squawk: char
create table public.bad_keyless (tenant_id uuid, name char(10));

-- defect: dblint: duplicateIndex: Table `public.bad_open` has identical indexes
create index bad_twin_a on public.bad_open (id);
create index bad_twin_b on public.bad_open (id);

-- defect: squawk: require-concurrent-index-creation
create index bad_wait on public.guests (nationality);

-- defect: dblint: securityDefinerView: View `api.bad_guests` is defined with the SECURITY DEFINER property
-- defect: rule every_view_reads_as_the_caller: api.bad_guests
create view api.bad_guests as select * from public.guests;
grant select on api.bad_guests to anon, staff;

-- defect: dblint: materializedViewInApi: Materialized view `api.bad_copy` is selectable by anon
-- defect: rule every_view_reads_as_the_caller: api.bad_copy
create materialized view api.bad_copy as select id, last_name from public.guests;
grant select on api.bad_copy to anon;

-- defect: dblint: extensionInPublic: Extension `citext` is installed in the public schema
create extension citext with schema public;

-- defect: dblint: functionSearchPathMutable: Function `app.bad_drifting` has a role mutable search_path
-- defect: pgspot: PS005: Function without explicit search_path: app.bad_drifting
-- defect: rule every_function_pins_its_search_path: app.bad_drifting
create function app.bad_drifting() returns bigint language sql as $$ select count(*) from public.guests $$;

-- defect: pgspot: PS003: SECURITY DEFINER function without explicit search_path: api.bad_boss
-- defect: rule every_command_belongs_to_engine: api.bad_boss
create function api.bad_boss() returns bigint language sql security definer as $$ select count(*) from public.guests $$;

-- defect: pgspot: PS004: SECURITY DEFINER function with insecure search_path: app.bad_path
create function app.bad_path() returns bigint language sql security definer set search_path = public
as $$ select count(*) from guests $$;

-- defect: plpgsql_check: app.bad_search(text) (on -) line 5: security: text type variable is not sanitized
create function app.bad_search(p_name text) returns bigint language plpgsql set search_path = '' as $$
declare
  v_count bigint;
begin
  execute 'select count(*) from public.guests where last_name = ''' || p_name || '''' into v_count;
  return v_count;
end
$$;

-- defect: plpgsql_check: app.bad_column() (on -) line 3: error: column g.surname does not exist
create function app.bad_column() returns text language plpgsql set search_path = '' as $$
begin
  return (select g.surname from public.guests as g limit 1);
end
$$;

-- defect: plpgsql_check: app.bad_leftover() (on -) line 3: warning: unused variable "v_unused"
create function app.bad_leftover() returns integer language plpgsql set search_path = '' as $$
declare
  v_unused integer;
begin
  return 1;
end
$$;

-- defect: rule every_key_leads_with_the_tenant: public.bad_oracle(email)
create table public.bad_oracle (tenant_id uuid, id uuid, email text unique, primary key (tenant_id, id));

-- defect: rule every_reference_stays_in_its_tenant: bad_leak
alter table public.rooms add constraint bad_room_key unique (id);
alter table public.stays add constraint bad_leak foreign key (room_id) references public.rooms (id);

-- defect: rule every_tenant_table_is_bound: public.rooms
alter policy tenant_isolation on public.rooms using (true);

-- defect: rule nothing_is_open_to_everyone: api.bad_to_all
create function api.bad_to_all() returns integer language sql set search_path = '' as $$ select 1 $$;
grant execute on function api.bad_to_all() to public;

-- defect: rule api_roles_write_by_command: public.guests update by staff
grant update (phone) on public.guests to staff;

-- defect: rule nothing_exposed_sets_the_caller: api.bad_become
create function api.bad_become(p_tenant text) returns text language sql set search_path = ''
as $$ select set_config('app.tenant_id', p_tenant, true) $$;
grant execute on function api.bad_become(text) to anon;

-- defect: rule postings_have_no_eraser: public.charges by engine
grant delete on public.charges to engine;

-- defect: squawk: ban-drop-column
alter table public.bad_keyless drop column name;

-- defect: squawk: adding-required-field
alter table public.bad_open add column needed text not null;

-- defect: squawk: prefer-timestamp-tz
alter table public.bad_open add column seen timestamp;
