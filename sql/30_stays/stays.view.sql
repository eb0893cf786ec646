-- stays: which booking has which room from when to when.
create or replace view api.stays
with (security_invoker = true) as
select s.id, s.booking_id, b.guest_name, s.property_id, p.code as property_code, s.room_id, r.room_number,
       s.starts_on, s.ends_on, s.released_at, s.moved_because, b.status, b.checkin_status,
       app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) as state,
       s.created_at, s.updated_at
from public.stays as s
join public.bookings as b on b.tenant_id = s.tenant_id and b.id = s.booking_id
join public.properties as p on p.tenant_id = s.tenant_id and p.id = s.property_id
left join public.rooms as r on r.tenant_id = s.tenant_id and r.id = s.room_id;

comment on view api.stays is 'Room segments of bookings; released_at says when one was given back before it was used up.';
grant select on api.stays to staff, admin;
