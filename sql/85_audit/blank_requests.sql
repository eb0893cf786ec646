-- blank_requests: requests keep what was done, not what was said.
-- may:      called by make_guest_nobody and forget_request_words
-- refuses:  nothing
-- then:     notes, inputs, comments, files and the guest's name are gone; type, status, times, lines and prices stay
-- real clock: when the worker looks at a file
create or replace function app.blank_requests(p_request_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.blank_request_words(app.tenant_id(), p_request_ids);
  update portal.request_attachments as a
  set state = case when a.state = 'refused' then a.state else 'forgotten' end, source_url = null,
      next_try_at = case when a.state <> 'refused' then clock_timestamp() end
  where a.tenant_id = app.tenant_id() and a.request_id = any (p_request_ids) and (a.state in ('waiting', 'kept') or a.source_url is not null);
  update portal.requests as r
  set title = t.guest_label, note = null, details = '{}', last_actor_name = null, updated_at = app.now()
  from portal.request_types as t
  where r.tenant_id = app.tenant_id() and r.id = any (p_request_ids)
    and t.tenant_id = r.tenant_id and t.id = r.request_type_id;
end
$$;

comment on function app.blank_requests(uuid[]) is 'Takes the words out of requests. A title that a member wrote gives way to the type''s.';
