-- receive_message: a guest wrote to the hotel's WhatsApp number.
-- may:      service, for the function whatsapp-inbound, after it verified the signature
-- refuses:  nothing: outcome says what became of it
-- then:     kept once; a command is obeyed and answered, other words reach people; who is not known gets one polite answer
create or replace function app.receive_message(p_to text, p_from text, p_provider_id text, p_body text, p_media jsonb)
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_tenant_id uuid := app.resolve_sender('whatsapp', p_to);
  v_booking public.bookings;
  v_message_id uuid := app.new_id();
  v_command text;
  v_request_id uuid;
  v_proof jsonb := jsonb_build_object('message', p_provider_id);
begin
  if v_tenant_id is null then
    return 'misdirected';
  end if;
  perform app.set_caller(v_tenant_id);

  -- lock: the booking, so that two messages of a guest open one conversation
  select b.* into v_booking
  from public.bookings as b
  where b.tenant_id = v_tenant_id and b.id = app.booking_of_phone(p_from)
  for no key update;
  if v_booking.id is null then
    -- of somebody unknown there is none: two messages at once get one answer
    perform pg_advisory_xact_lock(hashtextextended(format('stranger:%s:%s', v_tenant_id, p_from), 0));
  end if;
  v_command := case when p_media = '[]' then app.read_command(p_body) end;
  insert into notify.inbound_messages (tenant_id, id, channel, provider_id, address, body, media, received_at, property_id, booking_id, command)
  select v_tenant_id, v_message_id, 'whatsapp', p_provider_id, p_from, p_body, p_media, app.now(),
         coalesce(v_booking.property_id, (select p.id from public.properties as p where p.tenant_id = v_tenant_id and p.is_default)), v_booking.id, v_command
  on conflict (tenant_id, provider_id) do nothing;
  if not found then
    return 'known';
  end if;

  if v_booking.id is not null then
    perform app.enter_as_guest(v_tenant_id, v_booking.id, null, 'context');
  end if;
  perform set_config('app.answering', v_message_id::text, true);
  if v_command in ('stop', 'stop_all', 'start') and not (v_command = 'stop' and v_booking.id is not null
                                                         and app.stop_means_cleaning(v_booking, p_from, v_message_id)) then
    perform app.obey_stop(v_booking, p_from, v_command, v_proof || jsonb_build_object('word', p_body));
  elsif v_booking.id is null then
    if not app.stranger_has_heard(p_from, p_provider_id, array['', 'daily', 'skip'], '-infinity') then
      perform app.answer_stranger(p_from, 'unknown_number', v_message_id::text);
    end if;
    return 'unknown';
  elsif v_command is null or not app.obey_cleaning(v_booking, v_command) then
    v_request_id := app.join_conversation(v_booking, v_message_id, p_body, p_media);
    update notify.inbound_messages as m set request_id = v_request_id, command = null where m.tenant_id = v_tenant_id and m.id = v_message_id;
    return 'joined';
  end if;
  return 'obeyed';
end
$$;

alter function app.receive_message(text, text, text, text, jsonb) owner to engine;
comment on function app.receive_message(text, text, text, text, jsonb) is
  'p_to and p_from are E.164; p_media [{url, type}]. obeyed, joined, unknown, known (it came before: nothing is done twice), misdirected. It opens the 24-hour window.';
revoke all on function app.receive_message(text, text, text, text, jsonb) from public;
grant execute on function app.receive_message(text, text, text, text, jsonb) to service;
