-- offer_conversation: outside the 24-hour window the guest is asked, by a template, to look at the answer.
-- may:      hotel:requests:write
-- refuses:  request_not_found, request_has_no_guest, nothing_to_read
-- then:     one template message for the last thing said to the guest; it does not open the window
create or replace function api.offer_conversation(p_request_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request portal.requests;
  v_comment_id uuid;
begin
  perform app.require('hotel:requests:write');
  v_request := app.lock_request(p_request_id);
  if v_request.booking_id is null then
    raise exception 'This is no guest''s request.' using errcode = 'PT409', detail = 'request_has_no_guest', hint = 'Write a note for the team.';
  end if;
  select c.id into v_comment_id
  from portal.request_comments as c
  where c.tenant_id = v_request.tenant_id and c.request_id = v_request.id and not c.is_internal and c.author_kind = 'staff'
  order by c.created_at desc, c.id desc
  limit 1;
  if not found then
    raise exception 'Nothing has been said to the guest yet.' using errcode = 'PT409', detail = 'nothing_to_read', hint = 'Write to the guest first.';
  end if;
  perform app.notify_guest(v_request.booking_id, 'message_waiting', '{}', v_request.id, 'message_waiting:' || v_comment_id);
  return jsonb_build_object('request_id', v_request.id, 'comment_id', v_comment_id);
end
$$;

alter function api.offer_conversation(uuid) owner to engine;
comment on function api.offer_conversation(uuid) is
  'Sends the template message_waiting, once for each thing said: the same again sends nothing more. The guest reads it on the portal, and an answer opens the 24-hour window.';
revoke all on function api.offer_conversation(uuid) from public;
grant execute on function api.offer_conversation(uuid) to staff, admin;
