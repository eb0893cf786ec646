-- has_consented: what an address agreed to last.
create or replace function app.has_consented(p_tenant_id uuid, p_address text, p_scope text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select c.is_given
    from notify.consents as c
    where c.tenant_id = p_tenant_id and c.address = p_address and c.scope = p_scope
    order by c.at desc, c.id desc
    limit 1);
end
$$;

comment on function app.has_consented(uuid, text, text) is
  'True or false as said last; null: never said. A message about the stay leaves unless that was taken back, marketing only where it was given.';
