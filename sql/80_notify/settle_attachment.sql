-- settle_attachment: what became of a file.
-- may:      called by the worker
-- refuses:  nothing
-- then:     kept, refused with its reason, or gone; an event for staff
create or replace function app.settle_attachment(p_tenant_id uuid, p_id uuid, p_state text, p_content_type text, p_bytes bigint, p_reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row record;
begin
  update portal.request_attachments as a
  set state = p_state, content_type = coalesce(p_content_type, a.content_type), bytes = coalesce(p_bytes, a.bytes), reason = p_reason,
      kept_at = case when p_state = 'kept' then app.now() else a.kept_at end,
      source_url = null
  where a.tenant_id = p_tenant_id and a.id = p_id
    and (a.state = 'waiting' and p_state in ('kept', 'refused') or a.state = 'forgotten' and p_state = 'gone')
  returning a.request_id into v_row;
  if v_row.request_id is not null and p_state <> 'gone' then
    perform app.set_caller(p_tenant_id);
    perform app.emit_event('request.attached', r.property_id, null, r.id, 'attachment', p_id)
    from portal.requests as r
    where r.tenant_id = p_tenant_id and r.id = v_row.request_id;
  end if;
end
$$;

comment on function app.settle_attachment(uuid, uuid, text, text, bigint, text) is 'p_state kept, refused or gone. What was forgotten while it was fetched stays forgotten. Worker only.';
revoke all on function app.settle_attachment(uuid, uuid, text, text, bigint, text) from public, engine;
