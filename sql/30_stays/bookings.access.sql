-- bookings: members see those of their properties, a guest one's own.
select app.isolate_tenant('public.bookings');

drop policy if exists members_read on public.bookings;
create policy members_read on public.bookings for select to staff, admin
  using ((select app.can('hotel:bookings:read'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists guest_reads_own on public.bookings;
create policy guest_reads_own on public.bookings for select to guest
  using (id = (select app.booking_id()));

grant select, insert, update on public.bookings to engine;
grant select on public.bookings to service;
grant select (tenant_id, id, property_id, guest_id, guest_name, room_type_id, room_id, check_in, check_out, nights, adults, children,
              status, checkin_status, total_price, nightly_rate, currency, channel, session_id, payment_ref, beds24_booking_id,
              auto_daily_cleaning, cleaning_pref_time, cleaning_dnd_today, cleaning_skip_on, cleaning_dnd_at, cleaning_opted_in_at, cleaning_opt_in_source,
              special_requests, agreed_check_in_time, agreed_check_out_time, confirmed_at, checked_in_at, checked_out_at, checked_out_on, cancelled_at, cancel_reason,
              created_at, updated_at) on public.bookings to staff, admin;
grant select (tenant_id, id, property_id, guest_id, guest_name, room_type_id, room_id, check_in, check_out, nights, adults, children,
              status, checkin_status, total_price, currency, auto_daily_cleaning, cleaning_pref_time, cleaning_dnd_today, cleaning_skip_on,
              special_requests, agreed_check_in_time, agreed_check_out_time, checked_in_at, checked_out_at, checked_out_on) on public.bookings to guest;
-- no idempotency key for readers: it would let one caller replay another's call
-- no insert, update, delete: commands only
