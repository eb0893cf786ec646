-- pile_key: what an alert about an address is known by, without saying it.
create or replace function app.pile_key(p_channel text, p_recipient text)
returns text
language sql
immutable
parallel safe
begin atomic
  select 'pile:' || p_channel || ':' || encode(sha256(convert_to(coalesce(p_recipient, ''), 'UTF8')), 'hex');
end;

comment on function app.pile_key(text, text) is 'pile:, the channel and a digest of the address.';
