-- add_request_comment: something said about a request.
-- may:      hotel:requests:write; a guest about the own request, never internally; the assistant for either, always internally
-- refuses:  agent_comments_internally, request_not_found, comment_empty, idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     event
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

  insert into portal.request_comments (tenant_id, request_id, body, is_internal, author_kind, author_id, author_name, created_at)
  values (v_request.tenant_id, v_request.id, btrim(p_body), v_is_internal, case when app.is_agent() then 'agent' else app.actor_kind() end, app.actor_id(),
          case when app.is_agent() then 'Assistant' else app.actor_name() end, app.now())
  returning jsonb_build_object('id', id, 'request_id', request_id, 'body', body, 'is_internal', is_internal, 'author_name', author_name, 'created_at', created_at)
  into v_answer;
  perform app.emit_event(case when v_is_internal then 'request.noted' else 'request.commented' end,
                         v_request.property_id, v_request.booking_id, v_request.id, 'request', v_request.id);
  if p_idempotency_key is not null then
    perform app.keep_answer('add_request_comment', p_idempotency_key, v_answer);
  end if;
  return v_answer;
end
$$;

alter function api.add_request_comment(uuid, text, boolean, text) owner to engine;
comment on function api.add_request_comment(uuid, text, boolean, text) is
  'Adds a comment: internal by default for members, always visible to both sides for guests. With an idempotency key a repeat is the same comment; without one each call adds another.';
revoke all on function api.add_request_comment(uuid, text, boolean, text) from public;
grant execute on function api.add_request_comment(uuid, text, boolean, text) to guest, staff, admin;
