-- has_been_reached: whether a guest has got a message, on whichever way. Nobody says of a mail more than that it left.
create or replace function app.has_been_reached(p_tenant_id uuid, p_first_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.notification_log as n
    where n.tenant_id = p_tenant_id and (n.id = p_first_id or n.fallback_of = p_first_id)
      and (n.state in ('delivered', 'read') or (n.channel = 'email' and n.state = 'sent')))
$$;

comment on function app.has_been_reached(uuid, uuid) is 'Whether the first message or one of its fallbacks arrived: delivered or read, a mail when it was sent.';
