-- send_to_guest: a template to the guest of a booking, as another program asked.
-- may:      called by send_message
-- refuses:  booking_not_found, request_not_found, template_unknown, guest_has_no_address, message_not_usable
-- then:     one queued row
create or replace function app.send_to_guest(p_channel text, p_message jsonb, p_dedupe text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking_id uuid := app.uuid_or_null(p_message ->> 'booking_id');
  v_request_id uuid := app.uuid_or_null(p_message ->> 'request_id');
  v_guest public.guests;
begin
  select g.* into v_guest
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where b.tenant_id = app.tenant_id() and b.id = v_booking_id;
  if not found then
    raise exception 'There is no such booking.' using errcode = 'PT404', detail = 'booking_not_found', hint = 'Send booking_id.';
  elsif p_message ->> 'request_id' is not null and not exists (
    select from portal.requests as r where r.tenant_id = app.tenant_id() and r.id = v_request_id and r.booking_id = v_booking_id
  ) then
    raise exception 'There is no such request of this booking.' using errcode = 'PT404', detail = 'request_not_found';
  elsif not exists (
    select from notify.templates as t
    where t.tenant_id = app.tenant_id() and t.channel = p_channel and t.key = p_message ->> 'template'
  ) then
    raise exception 'There is no template of this name.'
      using errcode = 'PT422', detail = 'template_unknown',
            hint = 'Templates: ' || (select string_agg(t.key, ', ' order by t.key) from notify.templates as t
                                     where t.tenant_id = app.tenant_id() and t.channel = p_channel);
  elsif jsonb_typeof(coalesce(p_message -> 'variables', '{}')) <> 'object' then
    raise exception 'Variables are an object.' using errcode = 'PT422', detail = 'message_not_usable', hint = 'Send {"name": value, …}.';
  elsif p_channel = 'email' and v_guest.email is null then
    raise exception 'The guest''s address is not known.' using errcode = 'PT409', detail = 'guest_has_no_address', hint = 'Add it to the guest.';
  end if;

  perform app.notify_guest(
    v_booking_id, p_message ->> 'template', coalesce(p_message -> 'variables', '{}'), v_request_id, p_dedupe, p_channel);
end
$$;

comment on function app.send_to_guest(text, jsonb, text) is 'Checks what a program wants to tell a guest, and queues it.';
