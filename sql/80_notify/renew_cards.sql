-- renew_cards: the cards that offered buttons show what became of the request.
-- may:      called by the workflow trigger, and where a request gets another room
-- refuses:  nothing
-- then:     each card that left, or will, is rewritten once as the request stands; an older rewriting that waits is not sent any more
create or replace function app.renew_cards(p_request portal.requests)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_card public.notification_log;
  v_zone text;
  v_actor text := (
    select h.actor_name
    from portal.request_status_history as h
    where h.tenant_id = p_request.tenant_id and h.request_id = p_request.id and h.from_status is not null
    order by h.position desc
    limit 1);
begin
  for v_card in
    select n.*
    from public.notification_log as n
    where n.tenant_id = p_request.tenant_id and n.request_id = p_request.id and n.channel = 'slack'
      -- what was queued in this transaction says already how it stands
      and n.created_at < app.now()
      and n.variables ? 'actions' and n.event_key <> 'card_renewed' and n.state not in ('suppressed', 'cancelled', 'dead')
    order by n.id
  loop
    update public.notification_log as n
    set state = 'cancelled', error_code = 'card_renewed_again', updated_at = app.now()
    where n.tenant_id = v_card.tenant_id and n.request_id = p_request.id and n.event_key = 'card_renewed'
      and n.state = 'queued' and n.variables ->> 'card' = v_card.id::text;
    select p.time_zone into v_zone from public.properties as p where p.tenant_id = p_request.tenant_id and p.id = p_request.property_id;
    perform app.queue_notification(
      'slack', 'card_renewed', v_card.recipient, format('card:%s:%s', v_card.id, app.new_id()),
      (v_card.variables || app.message_variables(p_request.id, app.request_variables(p_request), v_card.language, v_zone))
        - array['actions', 'actor']
        || jsonb_strip_nulls(jsonb_build_object(
             'actor', v_actor,
             'room_number', (select m.room_number from public.rooms as m where m.tenant_id = p_request.tenant_id and m.id = p_request.room_id),
             'card', v_card.id, 'request_id', p_request.id, 'actions', app.card_actions(p_request.id, v_card.language))),
      null, v_card.language, p_request.property_id, p_request.booking_id, p_request.id);
  end loop;
end
$$;

comment on function app.renew_cards(portal.requests) is
  'Queues card_renewed for every Slack card of the request that carried buttons: the same message, by chat.update, with the room, the status, who brought it about, and the buttons there are now.';
