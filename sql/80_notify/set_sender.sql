-- set_sender: the number or address that a hotel writes from, and is found by when it is written to.
-- may:      the migrating role, by the command line: whoever has the machine has the provider's account
-- refuses:  tenant_not_found, channel_unknown, guest_phone_is_e164, sender_invalid, sender_taken
-- then:     the next message leaves from it; what is written to it is this hotel's
create or replace function app.set_sender(p_tenant text, p_channel text, p_address text)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_tenant_id uuid;
  v_address text := case p_channel when 'email' then lower(btrim(p_address)) when 'slack' then btrim(p_address) else app.e164_phone(p_address) end;
begin
  select t.id into v_tenant_id from public.tenants as t where t.slug = p_tenant;
  if not found then
    raise exception 'There is no hotel %.', app.printed(p_tenant) using errcode = 'PT404', detail = 'tenant_not_found', hint = 'Say its short name.';
  elsif p_channel not in ('whatsapp', 'sms', 'email', 'slack') then
    raise exception 'There is no channel %.', app.printed(p_channel)
      using errcode = 'PT422', detail = 'channel_unknown', hint = 'Channels: whatsapp, sms, email, slack.';
  elsif v_address is null or p_channel = 'email' and v_address !~ '^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$'
        or p_channel = 'slack' and v_address !~ '^T[A-Z0-9]{2,20}$' then
    raise exception '% is nothing to write from.', app.printed(p_address) using errcode = 'PT422', detail = 'sender_invalid', hint = 'A number as +12025550100, an e-mail address, or a workspace as T0123ABCD.';
  end if;

  perform app.set_caller(v_tenant_id);
  -- two hotels that are given the same at once: the second finds it taken
  begin
    insert into notify.senders as s (tenant_id, channel, address)
    values (v_tenant_id, p_channel, v_address)
    on conflict on constraint sender_is_one_for_a_channel do update set address = excluded.address where s.address <> excluded.address;
  exception when unique_violation then
    raise exception '% is another hotel''s.', app.printed(v_address) using errcode = 'PT409', detail = 'sender_taken', hint = 'What is written to a number is one hotel''s alone.';
  end;
  return v_address;
end
$$;

comment on function app.set_sender(text, text, text) is
  'A hotel (its slug) writes from this number (E.164), e-mail address or workspace that the installation''s own token opens from now on. Answers the address as it is kept. The same again changes nothing.';
revoke all on function app.set_sender(text, text, text) from public, engine, service;
