-- tg_membership_roles__keep_an_owner: a tenant never loses its last owner, by whatever way.
-- refuses:  last_owner_stays
create or replace function app.tg_membership_roles__keep_an_owner()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- of a member or of a member's role
  v_old jsonb := to_jsonb(old);
begin
  if tg_table_name = 'membership_roles' then
    if not exists (select from identity.roles as r where r.tenant_id = old.tenant_id and r.id = (v_old ->> 'role_id')::uuid and r.key = 'OWNER') then
      return null;
    end if;
  elsif not exists (
    select from identity.membership_roles as mr
    join identity.roles as r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where mr.tenant_id = old.tenant_id and mr.membership_id = (v_old ->> 'id')::uuid and r.key = 'OWNER') then
    return null;
  end if;

  -- lock: two who leave at the same moment wait for one another
  perform from public.tenants as t where t.id = old.tenant_id for no key update;
  if not exists (
    select
    from identity.memberships as m
    join identity.membership_roles as mr on mr.tenant_id = m.tenant_id and mr.membership_id = m.id
    join identity.roles as r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where m.tenant_id = old.tenant_id and m.is_active and r.key = 'OWNER') then
    raise exception 'The hotel would have no owner any more.'
      using errcode = 'PT409', detail = 'last_owner_stays', hint = 'Make somebody else an owner first.';
  end if;
  return null;
end
$$;

comment on function app.tg_membership_roles__keep_an_owner() is 'Holds whenever an owner loses the role or stops being active: another active owner must be left.';

create or replace trigger keep_an_owner
  after delete or update on identity.membership_roles
  for each row execute function app.tg_membership_roles__keep_an_owner();

create or replace trigger keep_an_owner
  after update of is_active on identity.memberships
  for each row when (old.is_active and not new.is_active)
  execute function app.tg_membership_roles__keep_an_owner();
