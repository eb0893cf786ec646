-- obey_stop: STOP ALL, a STOP that is about everything, or START.
-- may:      called by receive_message
-- refuses:  nothing
-- then:     the number suppressed, or no longer; one answer, and reception hears of the former
create or replace function app.obey_stop(p_booking public.bookings, p_phone text, p_command text, p_proof jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_answer text := case p_command when 'start' then 'messages_resumed' else 'messages_stopped' end;
begin
  if p_command = 'start' then
    perform app.resume_messages(p_phone, p_proof);
  else
    perform app.suppress_address(app.tenant_id(), p_phone, 'stop', p_proof ->> 'word', p_proof);
  end if;

  if p_booking.id is null then
    -- once a day: a machine that answers is not answered for ever
    if not app.stranger_has_heard(
      p_phone, p_proof ->> 'message', case p_command when 'start' then array['start'] else array['stop', 'stop_all'] end, date_trunc('day', app.now())) then
      perform app.answer_stranger(p_phone, v_answer, p_proof ->> 'message');
    end if;
    return;
  end if;
  perform app.notify_guest(p_booking.id, v_answer, '{}', null, v_answer || ':' || (p_proof ->> 'message'));
  if p_command <> 'start' then
    perform app.notify_team(p_booking.property_id, 'reception', 'guest_opted_out', '{}', null, 'guest_opted_out:' || (p_proof ->> 'message'), p_booking.id);
  end if;
end
$$;

comment on function app.obey_stop(public.bookings, text, text, jsonb) is 'p_proof: {message, word}. After STOP only direct answers to what is written leave.';
