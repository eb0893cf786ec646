-- stranger_has_heard: whether somebody unknown was answered already, told by what they wrote before.
-- Nothing is kept for it: neither their number nor a digest of it, which is found by trying all numbers.
create or replace function app.stranger_has_heard(p_phone text, p_provider_id text, p_commands text[], p_since timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from notify.inbound_messages as m
    where m.tenant_id = app.tenant_id() and m.address = p_phone and m.received_at >= p_since
      and m.booking_id is null and m.provider_id <> p_provider_id and coalesce(m.command, '') = any (p_commands));
end
$$;

comment on function app.stranger_has_heard(text, text, text[], timestamptz) is
  'True when a number without a booking wrote something of this kind since then, beside the message given: p_commands as app.read_command says, "" for other words. Until retention forgets what was written.';
