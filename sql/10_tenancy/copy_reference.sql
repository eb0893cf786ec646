-- copy_reference: what a tenant is given when it is made, and follows while untouched.
-- may:      the migrating role and the command that makes a tenant
-- refuses:  workflow_is_not_sound, status_keys_are_immutable, tax_code_missing
-- then:     roles, teams, feature windows, request types, shelves of the catalogue, templates
create or replace function app.copy_reference(p_tenant_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if app.tenant_id() is distinct from p_tenant_id then
    perform app.set_caller(p_tenant_id);
  end if;
  perform app.copy_roles();
  perform app.copy_teams();
  perform app.copy_feature_windows();
  perform app.copy_request_types();
  perform app.copy_catalog_categories();
  perform app.copy_templates();
end
$$;

comment on function app.copy_reference(uuid) is 'Brings a tenant''s copies of the reference data up to the seeds: missing ones appear, untouched ones follow, edited ones keep their own text.';
