-- roles_by_key: the roles that a caller names.
-- may:      called by commands that give roles
-- refuses:  role_not_found, roles_missing
-- then:     nothing
create or replace function app.roles_by_key(p_keys text[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  if coalesce(cardinality(p_keys), 0) = 0 then
    raise exception 'A member needs a role.'
      using errcode = 'PT422', detail = 'roles_missing', hint = 'Choose at least one role.';
  end if;
  select array_agg(r.id order by r.id) into v_ids
  from identity.roles as r
  where r.tenant_id = app.tenant_id() and r.key = any (p_keys);
  if exists (select from unnest(p_keys) as k
             where not exists (select from identity.roles as r where r.tenant_id = app.tenant_id() and r.key = k)) then
    raise exception 'There is no such role.' using errcode = 'PT404', detail = 'role_not_found';
  end if;
  return v_ids;
end
$$;

comment on function app.roles_by_key(text[]) is 'Ids of the tenant''s roles with these keys; each must exist, and there must be one.';
