-- requests and what hangs on them: members by right and property, guests their own booking.
select app.isolate_tenant('portal.requests');
select app.isolate_tenant('portal.request_lines');
select app.isolate_tenant('portal.request_status_history');
select app.isolate_tenant('portal.request_comments');

drop policy if exists members_read on portal.requests;
create policy members_read on portal.requests for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists guest_reads_own on portal.requests;
create policy guest_reads_own on portal.requests for select to guest
  using (booking_id = (select app.booking_id()) and (select app.level()) in ('context', 'identified'));

drop policy if exists members_read on portal.request_lines;
create policy members_read on portal.request_lines for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and ((select app.sees_all_properties())
              or exists (select from portal.requests as r where r.tenant_id = request_lines.tenant_id and r.id = request_lines.request_id)));

drop policy if exists guest_reads_own on portal.request_lines;
create policy guest_reads_own on portal.request_lines for select to guest
  using (exists (select from portal.requests as r where r.tenant_id = request_lines.tenant_id and r.id = request_lines.request_id));

drop policy if exists members_read on portal.request_status_history;
create policy members_read on portal.request_status_history for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and ((select app.sees_all_properties())
              or exists (select from portal.requests as r where r.tenant_id = request_status_history.tenant_id and r.id = request_status_history.request_id)));

drop policy if exists members_read on portal.request_comments;
create policy members_read on portal.request_comments for select to staff, admin
  using ((select app.can('hotel:requests:read'))
         and ((select app.sees_all_properties())
              or exists (select from portal.requests as r where r.tenant_id = request_comments.tenant_id and r.id = request_comments.request_id)));

drop policy if exists guest_reads_own on portal.request_comments;
create policy guest_reads_own on portal.request_comments for select to guest
  using (not is_internal
         and exists (select from portal.requests as r where r.tenant_id = request_comments.tenant_id and r.id = request_comments.request_id));

grant select, insert, update on portal.requests to engine;
grant select, insert on portal.request_lines, portal.request_status_history, portal.request_comments to engine;
-- no delete for anyone; lines, history and comments are never updated
grant select on portal.requests, portal.request_lines, portal.request_status_history, portal.request_comments to service, staff, admin;
grant select (tenant_id, id, property_id, number, request_type_id, workflow_version_id, type_slug, subtype, booking_id, title, note, status,
              phase, outcome, severity, scheduled_for, currency, total, created_at, updated_at) on portal.requests to guest;
grant select (tenant_id, id, request_id, line_number, sku, name, quantity, unit_price, currency, is_complimentary) on portal.request_lines to guest;
grant select (tenant_id, id, request_id, body, is_internal, author_kind, author_name, created_at) on portal.request_comments to guest;
-- withheld from guests: assignee, driver, details, history, internal comments
