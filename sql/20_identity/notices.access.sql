-- notices: each member's own; written and marked by commands.
select app.isolate_tenant('identity.notices');

drop policy if exists member_reads_own on identity.notices;
create policy member_reads_own on identity.notices for select to staff, admin
  using (membership_id = (select app.actor_id()));

grant select, insert, update (seen_at) on identity.notices to engine;
grant select (tenant_id, id, membership_id, kind, details, created_at, seen_at) on identity.notices to staff, admin;
-- no insert, update, delete: commands only
