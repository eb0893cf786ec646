-- explain_no_show: what is charged if this guest is said not to have come, asked before it is said.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found
-- then:     nothing
create or replace function api.explain_no_show(p_booking_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
begin
  perform app.require('hotel:bookings:write');
  select b.* into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id and app.sees_property(b.property_id);
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found';
  end if;
  return app.no_show_terms(v_booking)
    || jsonb_build_object('can_be_marked', v_booking.status = 'confirmed' and v_booking.checkin_status = 'PENDING'
                                           and v_booking.check_in <= app.today(v_booking.property_id));
end
$$;

alter function api.explain_no_show(uuid) owner to engine;
comment on function api.explain_no_show(uuid) is
  '{basis, percent, fee, total, currency, frees_nights, can_be_marked}: total, with tax, is what api.mark_no_show puts on the bill now; a page hands it back as p_expected_total.';
revoke all on function api.explain_no_show(uuid) from public;
grant execute on function api.explain_no_show(uuid) to staff, admin;
