-- mark_no_show: a guest who was expected did not come.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, booking_not_found, booking_in_house, booking_checked_out, booking_not_confirmed, no_show_is_early, fee_changed, folio_closed, tax_code_missing, inclusive_price_carries_one_tax
-- then:     the nights are free again or kept, as the property's policy says; its fee stands on the bill once; its open requests expire; its code opens nothing
create or replace function api.mark_no_show(p_booking_id uuid, p_expected_total numeric default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_terms jsonb;
begin
  perform app.require('hotel:bookings:write');

  -- lock
  v_booking := app.lock_booking(p_booking_id);
  if v_booking.status = 'no_show' then
    return app.no_show_as_json(p_booking_id);
  elsif v_booking.check_in > app.today(v_booking.property_id) then
    raise exception 'The guest is expected on % only.', app.printed(v_booking.check_in)
      using errcode = 'PT409', detail = 'no_show_is_early', hint = 'Cancel the booking if the guest has said so.';
  end if;
  v_terms := app.no_show_terms(v_booking);
  if p_expected_total <> (v_terms ->> 'total')::numeric then
    raise exception 'It comes to % by now.', app.printed(app.money_text((v_terms ->> 'total')::numeric, v_booking.currency, 'en'))
      using errcode = 'PT409', detail = 'fee_changed', hint = 'Look at the amount again.';
  end if;
  perform app.note_no_show(v_booking);

  -- charge
  if (v_terms ->> 'fee')::numeric > 0 then
    perform app.post_charge(
      app.open_folio(p_booking_id), 'no_show', '{"en": "No-show", "es": "No presentado"}', 1, (v_terms ->> 'fee')::numeric, null,
      format('no_show:%s:%s', p_booking_id, (
        -- one that was taken back is another posting
        select count(*) from public.charges as c
        where c.tenant_id = v_booking.tenant_id and c.source like 'no\_show:' || p_booking_id || ':%')));
  end if;
  return app.no_show_as_json(p_booking_id);
end
$$;

alter function api.mark_no_show(uuid, numeric) owner to engine;
comment on function api.mark_no_show(uuid, numeric) is
  'Notes that a guest did not come, from the day of arrival on, and charges what api.explain_no_show says; with p_expected_total only if it is still that. Answers the booking with no_show_charge. A repeat, or a colleague''s at the same moment, is answered as it is and charges nothing more; so is one that Beds24 has noted, which charges nothing here. The guest is sent no message.';
revoke all on function api.mark_no_show(uuid, numeric) from public;
grant execute on function api.mark_no_show(uuid, numeric) to staff, admin;
