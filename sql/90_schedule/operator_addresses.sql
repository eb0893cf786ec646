-- operator_addresses: who is written to when something is wrong with the whole installation.
-- definer because the worker may not read who runs the platform.
create or replace function app.operator_addresses(p_operator text)
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if btrim(p_operator) <> '' then
    return array[btrim(p_operator)];
  end if;
  return array(
    select u.email::text
    from identity.platform_users as p
    join identity.users as u on u.id = p.user_id
    where p.is_active
    order by u.email);
end
$$;

alter function app.operator_addresses(text) owner to engine;
comment on function app.operator_addresses(text) is 'The address that the installation names (STAYBASE_OPERATOR_EMAIL), else those of everybody who runs the platform; empty: nobody would hear.';
revoke all on function app.operator_addresses(text) from public, engine;
grant execute on function app.operator_addresses(text) to service;
