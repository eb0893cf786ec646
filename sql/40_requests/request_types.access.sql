-- request_types, workflow_versions, feature_windows, number_counters: read to render, written by commands.
select app.isolate_tenant('portal.request_types');
select app.isolate_tenant('portal.workflow_versions');
select app.isolate_tenant('portal.feature_windows');
select app.isolate_tenant('portal.number_counters');

drop policy if exists members_read on portal.request_types;
create policy members_read on portal.request_types for select to staff, admin using (true);
drop policy if exists guest_reads on portal.request_types;
create policy guest_reads on portal.request_types for select to guest
  using (feature is not null);

drop policy if exists members_read on portal.workflow_versions;
create policy members_read on portal.workflow_versions for select to staff, admin using (true);
drop policy if exists guest_reads on portal.workflow_versions;
create policy guest_reads on portal.workflow_versions for select to guest using (true);

drop policy if exists members_read on portal.feature_windows;
-- the desk too: what can still be asked for after check-out is asked for there
create policy members_read on portal.feature_windows for select to staff, admin
  using (case when (select app.can('hotel:settings:write') or app.can('hotel:requests:write'))
              then (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[]) end);
drop policy if exists guest_reads on portal.feature_windows;
create policy guest_reads on portal.feature_windows for select to guest
  using (property_id = any ((select app.property_ids())::uuid[]));

grant select, insert, update on portal.request_types, portal.feature_windows, portal.number_counters to engine;
grant select, insert on portal.workflow_versions to engine;
-- no update or delete of a published version, for anyone
grant select on portal.request_types, portal.workflow_versions, portal.feature_windows to service, staff, admin;
grant select (tenant_id, id, slug, label, guest_label, icon, position, feature, needs_identified, takes_items, catalog_kind, asks, subtypes, is_offered,
              current_version_id) on portal.request_types to guest;
grant select (tenant_id, id, workflow) on portal.workflow_versions to guest;
grant select (tenant_id, property_id, feature, stay_state, is_open) on portal.feature_windows to guest;
