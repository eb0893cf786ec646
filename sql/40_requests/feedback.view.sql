-- feedback: what guests said of their stay.
create or replace view api.feedback
with (security_invoker = true) as
select f.id, f.property_id, p.code as property_code, f.booking_id, b.guest_name, m.room_number, f.request_id, r.number as request_number,
       f.rating, f.comment, f.language, f.complaint_id, c.number as complaint_number, c.phase as complaint_phase, f.given_at, n.display_name as given_by_name
from portal.feedback as f
join public.properties as p on p.tenant_id = f.tenant_id and p.id = f.property_id
join public.bookings as b on b.tenant_id = f.tenant_id and b.id = f.booking_id
left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
left join portal.requests as r on r.tenant_id = f.tenant_id and r.id = f.request_id
left join portal.requests as c on c.tenant_id = f.tenant_id and c.id = f.complaint_id
left join identity.memberships as n on n.tenant_id = f.tenant_id and n.id = f.given_by;

comment on view api.feedback is 'Marks 1 to 5 with what guests wrote; request null: of the whole stay; a low mark names the complaint that it became; given_by_name: which member noted it for the guest. Needs hotel:guests:read.';
grant select on api.feedback to staff, admin;
