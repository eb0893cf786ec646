-- make_guest_nobody: a guest is forgotten, what the hotel must keep is kept.
-- may:      called by erase_guest and forget_guests
-- refuses:  guest_not_found, guest_has_a_stay, folio_not_settled
-- then:     nothing leads to the person any more; invoices stay
create or replace function app.make_guest_nobody(p_guest_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_traces record;
  v_guest public.guests;
  v_entries bigint;
begin
  -- lock
  perform from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id order by b.id for no key update;
  select g.* into v_guest from public.guests as g where g.tenant_id = app.tenant_id() and g.id = p_guest_id for update;
  if not found then
    raise exception 'There is no such guest.'
      using errcode = 'PT404', detail = 'guest_not_found';
  end if;
  perform app.guest_must_be_erasable(p_guest_id);

  -- before they are looked for: a message that a request sends at this moment is seen
  perform from portal.requests as r
  where r.tenant_id = app.tenant_id()
    and (r.guest_id = p_guest_id
         or r.booking_id in (select b.id from public.bookings as b where b.tenant_id = app.tenant_id() and b.guest_id = p_guest_id))
  order by r.id for no key update;
  v_traces := app.traces_of_guest(p_guest_id);

  if v_guest.erased_at is null then
    perform app.end_guest_access(p_guest_id, v_traces.booking_ids);
    perform app.blank_messages(v_traces.message_ids);
    perform app.forget_conversation(v_guest, v_traces.booking_ids);
    perform app.blank_requests(v_traces.request_ids);
    update portal.requests as r set guest_id = null where r.tenant_id = app.tenant_id() and r.id = any (v_traces.request_ids);
    update portal.feedback as f set comment = null where f.tenant_id = app.tenant_id() and f.booking_id = any (v_traces.booking_ids) and f.comment is not null;
    perform app.blank_guest(p_guest_id, v_traces.booking_ids);
  end if;
  -- last: until here what it was could still be written into the log
  v_entries := app.destroy_guest_key(p_guest_id);
  return app.erasure_report(p_guest_id, v_traces.booking_ids, v_traces.request_ids, v_traces.message_ids, v_entries);
end
$$;

comment on function app.make_guest_nobody(uuid) is
  'Anonymises the guest''s row and detaches what was about the guest; locks bookings, then the guest, so that a booking made at this moment is either seen here or refused. Answers app.erasure_report.';
