-- keep_media: what came with a message waits to be fetched.
-- may:      called by join_conversation
-- refuses:  nothing
-- then:     an attachment of the request for each; more than ten are named and left
create or replace function app.keep_media(p_request_id uuid, p_message_id uuid, p_media jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into portal.request_attachments (tenant_id, request_id, message_id, number, source_url, content_type, state, reason, next_try_at, created_at)
  select app.tenant_id(), p_request_id, p_message_id, m.ordinality, m.value ->> 'url', m.value ->> 'type',
         case when m.ordinality <= 10 then 'waiting' else 'refused' end, case when m.ordinality > 10 then 'too_many' end, clock_timestamp(), app.now()
  from jsonb_array_elements(p_media) with ordinality as m;
end
$$;

comment on function app.keep_media(uuid, uuid, jsonb) is 'p_media: [{url, type}]. The worker fetches them. Due at once, by the real clock.';
