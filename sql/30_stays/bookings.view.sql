-- bookings: stays agreed, with where they stand today.
create or replace view api.bookings
with (security_invoker = true) as
select b.id, b.property_id, p.code as property_code, b.guest_id, b.guest_name, b.room_type_id, t.code as room_type_code,
       t.name as room_type_name, b.room_id, r.room_number, b.check_in, b.check_out, b.nights, b.adults, b.children,
       b.status, b.checkin_status,
       app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) as state,
       b.total_price, b.nightly_rate, b.currency, b.channel,
       case when (select app.can('hotel:guests:read')) then b.session_id end as session_id,
       b.payment_ref, b.beds24_booking_id,
       b.auto_daily_cleaning, b.cleaning_pref_time, b.cleaning_dnd_today,
       case when (select app.can('hotel:guests:read')) then b.special_requests end as special_requests,
       b.confirmed_at, b.checked_in_at, b.checked_out_at, b.checked_out_on, b.cancelled_at,
       case when (select app.can('hotel:guests:read')) then b.cancel_reason end as cancel_reason,
       coalesce(b.agreed_check_in_time, p.check_in_time) as check_in_time, coalesce(b.agreed_check_out_time, p.check_out_time) as check_out_time,
       b.created_at, b.updated_at,
       b.cleaning_skip_on is not distinct from app.today_in(p.time_zone) as cleaning_skip_today,
       app.booking_reference(b.id) as reference
from public.bookings as b
join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
left join public.room_types as t on t.tenant_id = b.tenant_id and t.id = b.room_type_id
left join public.rooms as r on r.tenant_id = b.tenant_id and r.id = b.room_id;

comment on view api.bookings is 'Bookings with guest, room and the state derived for the property''s date: pre_checkin, arrival_day, in_house, departure_day, post_checkout or null. What a guest wrote is withheld without hotel:guests:read.';
grant select on api.bookings to staff, admin;
