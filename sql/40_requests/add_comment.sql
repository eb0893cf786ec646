-- add_comment: a comment is written down.
-- may:      called by add_request_comment and join_conversation
-- refuses:  nothing: the checks of request_comments stand behind it
-- then:     event
create or replace function app.add_comment(p_request portal.requests, p_body text, p_is_internal boolean)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_answer jsonb;
begin
  insert into portal.request_comments (tenant_id, request_id, body, is_internal, author_kind, author_id, author_name, created_at)
  values (p_request.tenant_id, p_request.id, btrim(p_body), p_is_internal, case when app.is_agent() then 'agent' else app.actor_kind() end, app.actor_id(),
          case when app.is_agent() then 'Assistant' else app.actor_name() end, app.now())
  returning jsonb_build_object('id', id, 'request_id', request_id, 'body', body, 'is_internal', is_internal, 'author_name', author_name, 'created_at', created_at)
  into v_answer;
  perform app.emit_event(case when p_is_internal then 'request.noted' else 'request.commented' end,
                         p_request.property_id, p_request.booking_id, p_request.id, 'request', p_request.id);
  return v_answer;
end
$$;

comment on function app.add_comment(portal.requests, text, boolean) is 'Answers the comment as commands do: {id, request_id, body, is_internal, author_name, created_at}.';
