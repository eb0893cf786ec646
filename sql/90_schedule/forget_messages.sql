-- forget_messages: of messages settled long ago recipient and words go.
create or replace function app.forget_messages(p_property_id uuid, p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_messages uuid[] := array(
    select n.id
    from public.notification_log as n
    where n.tenant_id = app.tenant_id() and n.property_id = p_property_id
      and n.created_at < p_before and n.state not in ('queued', 'sending', 'unknown') and n.variables <> '{}'
    order by n.id
    limit p_limit
    for no key update skip locked);
begin
  perform app.blank_messages(v_messages);
  update notify.inbound_messages as m
  set address = '•••', body = '', media = '[]'
  where m.tenant_id = app.tenant_id() and m.property_id = p_property_id and m.received_at < p_before and m.address <> '•••';
  return cardinality(v_messages);
end
$$;

comment on function app.forget_messages(uuid, timestamptz, integer) is 'Recipient, variables and the provider''s words of messages queued before an instant and settled since, and what guests wrote before it.';
