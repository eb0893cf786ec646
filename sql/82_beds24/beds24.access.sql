-- beds24: managers see how a connection stands and what it means; whoever reads bookings sees what was taken over.
select app.isolate_tenant('notify.beds24_connections');
select app.isolate_tenant('notify.beds24_access');
select app.isolate_tenant('notify.beds24_rooms');
select app.isolate_tenant('notify.beds24_imports');
select app.isolate_tenant('notify.beds24_hints');

drop policy if exists managers_read on notify.beds24_connections;
create policy managers_read on notify.beds24_connections for select to staff, admin
  using ((select app.can('hotel:settings:write'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists managers_read on notify.beds24_access;
create policy managers_read on notify.beds24_access for select to staff, admin
  using (exists (select from notify.beds24_connections as c where c.tenant_id = beds24_access.tenant_id and c.id = beds24_access.connection_id));
drop policy if exists managers_read on notify.beds24_rooms;
create policy managers_read on notify.beds24_rooms for select to staff, admin
  using ((select app.can('hotel:settings:write'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists members_read on notify.beds24_imports;
create policy members_read on notify.beds24_imports for select to staff, admin
  using ((select app.can('hotel:bookings:read'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

grant select, insert, update on notify.beds24_connections to engine, service;
grant select (tenant_id, id, property_id, beds24_property_id, verified_at, created_at) on notify.beds24_connections to staff, admin;

grant select, insert, update on notify.beds24_access to engine, service;
grant select (tenant_id, connection_id, state, problem, credits_left, credits_until, swept_at, offered, failures, next_try_at, last_error,
              last_error_at) on notify.beds24_access to staff, admin;
-- withheld: the invite code and the tokens, from every session

grant select, insert, update, delete on notify.beds24_rooms to engine;
grant select on notify.beds24_rooms to service, staff, admin;

grant select, insert, update on notify.beds24_imports to engine, service;
grant select (tenant_id, id, connection_id, property_id, beds24_booking_id, outcome, modified_at, seen, booking_id, block_id, problem,
              problem_says, tried_at, created_at) on notify.beds24_imports to staff, admin;

grant select, insert, update, delete on notify.beds24_hints to service;
grant select (tenant_id, beds24_booking_id), delete on notify.beds24_hints to engine;
-- bodies for nobody but service: they carry personal data and are not to be believed
