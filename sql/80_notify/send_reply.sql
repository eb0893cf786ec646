-- send_reply: a member's words to the guest, as free text.
-- may:      called by add_request_comment
-- refuses:  nothing
-- then:     queued in parts that the provider takes, while the guest's window is open; else nothing leaves
create or replace function app.send_reply(p_request portal.requests, p_comment jsonb)
returns timestamptz
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_phone text;
  v_language text;
  v_until timestamptz;
  v_body text := p_comment ->> 'body';
begin
  select g.phone, g.language into v_phone, v_language
  from public.bookings as b
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
  where b.tenant_id = p_request.tenant_id and b.id = p_request.booking_id;
  v_until := app.window_until(p_request.tenant_id, v_phone);
  if v_until is null then
    return null;
  end if;

  perform set_config('app.answering', p_comment ->> 'id', true);
  for i in 0 .. (length(v_body) - 1) / 1500 loop
    perform app.queue_notification(
      'whatsapp', 'reply', v_phone, format('guest:reply:%s:%s', p_comment ->> 'id', i),
      jsonb_build_object('body', substr(v_body, i * 1500 + 1, 1500)), null, v_language, p_request.property_id, p_request.booking_id, p_request.id,
      app.now() + make_interval(secs => i));
  end loop;
  perform set_config('app.answering', '', true);
  return v_until;
end
$$;

comment on function app.send_reply(portal.requests, jsonb) is
  'Until when free text may leave, null when the window is closed. Parts of 1500 characters: the provider takes 1600; each a second after the one before, so that they arrive in order.';
