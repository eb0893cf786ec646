-- network_of: the neighbourhood of an address that limits count together.
create or replace function app.network_of(p_address text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_address inet;
begin
  v_address := p_address::inet;
  return network(set_masklen(v_address, case family(v_address) when 4 then 24 else 48 end))::text;
exception
  when invalid_text_representation then
    return 'unknown';
end
$$;

comment on function app.network_of(text) is 'The /24 (IPv4) or /48 (IPv6) of an address; unknown when it is none.';
