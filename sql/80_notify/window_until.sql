-- window_until: until when a guest may be answered in free text.
create or replace function app.window_until(p_tenant_id uuid, p_address text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select m.received_at + interval '24 hours'
    from notify.inbound_messages as m
    where m.tenant_id = p_tenant_id and m.address = p_address and m.received_at > app.now() - interval '24 hours'
    order by m.received_at desc
    limit 1);
end
$$;

comment on function app.window_until(uuid, text) is
  'The end of the provider''s 24-hour window, which the guest''s own messages open and nothing of ours; null: closed, only approved templates leave.';
