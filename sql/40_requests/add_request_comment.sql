-- add_request_comment: something said about a request.
-- may:      hotel:requests:write; a guest about the own request, never internally; the assistant for either, always internally
-- refuses:  agent_comments_internally, request_not_found, comment_empty, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     event; what a member says to the guest goes out by WhatsApp while the guest's 24-hour window is open
create or replace function api.add_request_comment(p_request_id uuid, p_body text, p_is_internal boolean default true, p_idempotency_key text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request portal.requests;
  v_is_internal boolean := coalesce(p_is_internal, true) and (app.session_role() <> 'guest' or app.is_agent());
  v_answer jsonb;
begin
  if app.session_role() <> 'guest' then
    perform app.require('hotel:requests:write');
  end if;
  if app.is_agent() and not v_is_internal then
    raise exception 'The assistant writes for colleagues alone.'
      using errcode = 'PT403', detail = 'agent_comments_internally', hint = 'Leave p_is_internal true.';
  end if;
  if p_idempotency_key is not null then
    v_answer := app.claim_idempotency_key('add_request_comment', p_idempotency_key, jsonb_build_array(p_request_id, p_body, v_is_internal));
    if v_answer is not null then
      return v_answer;
    end if;
  end if;
  v_request := app.lock_request(p_request_id);
  if length(btrim(coalesce(p_body, ''))) not between 1 and 2000 then
    raise exception 'Write something, up to 2000 characters.' using errcode = 'PT422', detail = 'comment_empty', hint = 'p_body';
  end if;

  v_answer := app.add_comment(v_request, p_body, v_is_internal);
  if not v_is_internal and app.actor_kind() = 'staff' and v_request.booking_id is not null then
    v_answer := v_answer || jsonb_build_object('whatsapp_until', app.send_reply(v_request, v_answer));
  end if;
  if p_idempotency_key is not null then
    perform app.keep_answer('add_request_comment', p_idempotency_key, v_answer);
  end if;
  return v_answer;
end
$$;

alter function api.add_request_comment(uuid, text, boolean, text) owner to engine;
comment on function api.add_request_comment(uuid, text, boolean, text) is
  'Adds a comment: internal by default for members, always visible to both sides for guests. With an idempotency key a repeat is the same comment; without one each call adds another. What a member says to the guest also leaves as free text by WhatsApp, if the guest wrote within 24 hours: whatsapp_until says until when that holds, null that the window is closed (offer_conversation then sends a template).';
revoke all on function api.add_request_comment(uuid, text, boolean, text) from public;
grant execute on function api.add_request_comment(uuid, text, boolean, text) to guest, staff, admin;
