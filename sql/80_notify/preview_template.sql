-- preview_template: a message as the guest of a booking would read it.
-- may:      hotel:messages:read and hotel:bookings:read
-- refuses:  permission_missing, template_not_found, booking_not_found
-- then:     nothing
create or replace function api.preview_template(p_template_id uuid, p_booking_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_template notify.templates;
  v_booking record;
  v_values jsonb;
  v_samples jsonb;
begin
  perform app.require('hotel:messages:read');
  perform app.require('hotel:bookings:read');
  select t.* into v_template from notify.templates as t where t.tenant_id = app.tenant_id() and t.id = p_template_id;
  if not found then
    raise exception 'There is no such message text.' using errcode = 'PT404', detail = 'template_not_found';
  end if;
  select g.first_name, g.language, p.name as property_name, p.time_zone, m.room_number, b.currency,
         (select f.id from public.folios as f where f.tenant_id = b.tenant_id and f.booking_id = b.id order by f.id limit 1) as folio_id,
         (select r.id from portal.requests as r where r.tenant_id = b.tenant_id and r.booking_id = b.id order by r.created_at desc limit 1) as request_id
  into v_booking
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
  where b.tenant_id = app.tenant_id() and b.id = p_booking_id and app.sees_property(b.property_id);
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found', hint = 'Choose another one.';
  end if;

  -- what is not known of this booking is shown as the sample that the provider is given
  v_samples := (select jsonb_object_agg(v ->> 'name', v ->> 'sample') from jsonb_array_elements(coalesce(v_template.pending -> 'variables', v_template.variables)) as v);
  v_values := jsonb_build_object('guest_first_name', v_booking.first_name, 'property_name', v_booking.property_name, 'room_number', v_booking.room_number)
    || app.confirmation_variables(p_booking_id)
    || jsonb_build_object('preference', (select app.cleaning_words(b) from public.bookings as b where b.tenant_id = app.tenant_id() and b.id = p_booking_id))
    || case when v_booking.folio_id is not null then jsonb_build_object(
         'balance', jsonb_build_object('amount', app.folio_balance(v_booking.folio_id), 'currency', v_booking.currency)) else '{}' end;
  return (
    select jsonb_agg(jsonb_build_object(
             'language', b.key, 'is_guests', b.key = v_booking.language,
             'subject', app.filled(coalesce(v_template.subjects, '{}') ->> b.key, v.said), 'body', app.filled(b.value, v.said)) order by b.key)
    from jsonb_each_text(coalesce(v_template.pending -> 'bodies', v_template.bodies)) as b
    cross join lateral (
      select coalesce(v_samples, '{}') || jsonb_strip_nulls(app.message_variables(v_booking.request_id, v_values, b.key, v_booking.time_zone)) as said) as v);
end
$$;

alter function api.preview_template(uuid, uuid) owner to engine;
comment on function api.preview_template(uuid, uuid) is
  '[{language, is_guests, subject, body}]: the newest text in each of its languages with the booking''s own data, its latest request''s too. The portal''s link is shown as its sample: a code is no one''s to read here.';
revoke all on function api.preview_template(uuid, uuid) from public;
grant execute on function api.preview_template(uuid, uuid) to staff, admin;
