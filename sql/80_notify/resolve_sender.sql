-- resolve_sender: from the number that was written to, to a tenant.
-- definer because no tenant is known yet; owned by resolver, which sees nothing else.
create or replace function app.resolve_sender(p_channel text, p_address text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
  select s.tenant_id
  from notify.senders as s
  where s.channel = p_channel and s.address = p_address
$$;

alter function app.resolve_sender(text, text) owner to resolver;
comment on function app.resolve_sender(text, text) is 'The tenant whose own number this is (E.164); null: nobody''s.';
