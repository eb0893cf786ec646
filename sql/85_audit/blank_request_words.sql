-- blank_request_words: what was said about requests, and the guest's name in their history.
-- may:      called by blank_requests
-- refuses:  nothing
-- then:     every status, action and time of the history stays
-- definer because no command may change history or comments: this is the one way, and it only takes words away.
create or replace function app.blank_request_words(p_tenant_id uuid, p_request_ids uuid[])
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update portal.request_status_history as h
  set actor_name = case when h.actor_kind <> 'guest' then h.actor_name end, input = '{}', before = '{}'
  where h.tenant_id = p_tenant_id and h.request_id = any (p_request_ids)
    and (h.input <> '{}' or h.before <> '{}' or h.actor_kind = 'guest' and h.actor_name is not null);
  update portal.request_comments as c
  set body = '•••', author_name = case when c.author_kind <> 'guest' then c.author_name end
  where c.tenant_id = p_tenant_id and c.request_id = any (p_request_ids) and c.body <> '•••';
end
$$;

comment on function app.blank_request_words(uuid, uuid[]) is 'Private to blank_requests: history keeps its statuses, comments keep that somebody said something and when.';
revoke all on function app.blank_request_words(uuid, uuid[]) from public, service;
