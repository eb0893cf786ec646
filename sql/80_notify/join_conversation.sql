-- join_conversation: a guest's words reach people.
-- may:      called by receive_message, acting as the guest
-- refuses:  nothing
-- then:     comments on the open request and its media, and its team hears; or a concierge request that the team hears of and the guest is told of
create or replace function app.join_conversation(p_booking public.bookings, p_message_id uuid, p_body text, p_media jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests := app.open_conversation(p_booking.id);
  v_type portal.request_types;
  v_words text := coalesce(nullif(btrim(p_body), ''), format('📎 %s', jsonb_array_length(p_media)));
begin
  if v_request.id is null then
    select t.* into v_type
    from portal.request_types as t
    where t.tenant_id = app.tenant_id() and t.slug in ('concierge', 'task') and t.current_version_id is not null
    order by t.slug
    limit 1;
    v_request := app.insert_request(
      jsonb_build_object('subtype', 'other', 'note', left(v_words, 2000)), p_booking.property_id, p_booking.id, p_booking.room_id, v_type, '{}',
      (select jsonb_build_object('lines', '[]'::jsonb, 'total', 0, 'currency', p.currency, 'tax_mode', p.tax_mode, 'subtype_taxes', '[]'::jsonb)
       from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_booking.property_id), 'whatsapp');
    perform app.start_request(v_request);
    v_words := substr(v_words, 2001);
  else
    perform app.notify_team(v_request.property_id, t.team_key, 'guest_wrote', jsonb_build_object('note', left(v_words, 1500), 'lines', null),
                            v_request.id, 'guest_wrote:' || p_message_id)
    from portal.request_types as t
    where t.tenant_id = v_request.tenant_id and t.id = v_request.request_type_id;
  end if;
  for i in 0 .. (length(v_words) - 1) / 2000 loop
    if btrim(substr(v_words, i * 2000 + 1, 2000)) <> '' then
      perform app.add_comment(v_request, substr(v_words, i * 2000 + 1, 2000), false);
    end if;
  end loop;
  perform app.keep_media(v_request.id, p_message_id, p_media);
  return v_request.id;
end
$$;

comment on function app.join_conversation(public.bookings, uuid, text, jsonb) is 'Answers the request. Words longer than a comment become several; media without words are counted.';
