-- feedback: members who may see guests read it; a guest the own.
select app.isolate_tenant('portal.feedback');

drop policy if exists members_read on portal.feedback;
create policy members_read on portal.feedback for select to staff, admin
  using ((select app.can('hotel:guests:read'))
         and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));
drop policy if exists guest_reads_own on portal.feedback;
create policy guest_reads_own on portal.feedback for select to guest
  using (booking_id = (select app.booking_id()) and (select app.level()) in ('context', 'identified'));

grant select, insert on portal.feedback to engine;
grant update (comment, complaint_id) on portal.feedback to engine;
grant select on portal.feedback to service, staff, admin;
grant select (tenant_id, id, booking_id, request_id, rating, given_at, complaint_id) on portal.feedback to guest;
-- withheld: what was written, from whoever only holds the link; changing a mark, from everyone
