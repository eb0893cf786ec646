-- send_folio: the bill goes to the guest by mail.
-- may:      hotel:charges:write; a guest, identified, for the own bill
-- refuses:  folio_not_found, second_fact_needed, guest_has_no_email
-- then:     the mail is queued with the bill as a PDF; as long as neither the bill nor the address changes, once; one that was given up goes out again
create or replace function api.send_folio(p_folio_id uuid default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_folio public.folios;
  v_email text;
  v_event text;
begin
  if app.session_role() = 'guest' then
    perform app.require_identified();
    select f.* into v_folio
    from public.folios as f
    where f.tenant_id = app.tenant_id() and f.booking_id = app.booking_id() and f.number = 1 and f.id = coalesce(p_folio_id, f.id);
  else
    perform app.require('hotel:charges:write');
    select f.* into v_folio
    from public.folios as f
    where f.tenant_id = app.tenant_id() and f.id = p_folio_id and app.sees_property(f.property_id);
  end if;
  if v_folio.id is null then
    raise exception 'There is no such folio.' using errcode = 'PT404', detail = 'folio_not_found';
  end if;
  select g.email into v_email
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where b.tenant_id = v_folio.tenant_id and b.id = v_folio.booking_id;
  if v_email is null then
    raise exception 'No e-mail address of the guest is known.'
      using errcode = 'PT409', detail = 'guest_has_no_email', hint = 'Add the address to the guest, or print the bill instead.';
  end if;

  -- lock: asked for twice at once it leaves once
  perform from public.folios as f where f.tenant_id = v_folio.tenant_id and f.id = v_folio.id for no key update;
  v_event := format(
    'invoice:%s:%s:%s:', v_folio.id,
    (select count(*) from public.charges as c where c.tenant_id = v_folio.tenant_id and c.folio_id = v_folio.id)
    + (select count(*) from public.payments as y where y.tenant_id = v_folio.tenant_id and y.folio_id = v_folio.id),
    v_folio.closed_at is not null);
  -- the same bill to the same address is the same mail; the address stands in no key
  v_event := coalesce(
    (select substr(n.dedupe_key, 6)
     from public.notification_log as n
     where n.tenant_id = v_folio.tenant_id and n.booking_id = v_folio.booking_id and n.event_key = 'invoice'
       and starts_with(n.dedupe_key, 'mail:' || v_event) and lower(n.recipient) = lower(v_email)
     limit 1),
    v_event || app.new_id());
  perform app.notify_guest(
    v_folio.booking_id, 'invoice',
    app.bill_variables(v_folio.id) || jsonb_build_object('attach', jsonb_build_object('kind', 'folio_pdf', 'id', v_folio.id)), null, v_event, 'email');
  -- who asks for it again has not got the one that was given up
  perform app.requeue_notification(n.tenant_id, n.id)
  from public.notification_log as n
  where n.tenant_id = v_folio.tenant_id and n.dedupe_key = 'mail:' || v_event and n.state = 'dead'
  for no key update;
  return app.folio_as_json(v_folio.id);
end
$$;

alter function api.send_folio(uuid) owner to engine;
comment on function api.send_folio(uuid) is
  'Mails a folio as PDF to the address of the booking''s guest, in the guest''s language. A guest gets the own, with or without naming it. A second call with nothing changed in between sends nothing more. Answers {folio}.';
revoke all on function api.send_folio(uuid) from public;
grant execute on function api.send_folio(uuid) to guest, staff, admin;
