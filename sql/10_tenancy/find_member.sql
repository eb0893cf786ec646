-- find_member: a member of the tenant whom the caller may manage.
-- may:      called by commands that change somebody else's membership
-- refuses:  member_not_found, own_membership_stays, what app.roles_must_be_grantable refuses for the member's roles
-- then:     the membership is locked until commit
create or replace function app.find_member(p_member_id uuid)
returns identity.memberships
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_member identity.memberships;
begin
  -- lock: the tenant first, which asking for the roles does
  perform app.roles_must_be_grantable(array(
    select mr.role_id from identity.membership_roles as mr
    where mr.tenant_id = app.tenant_id() and mr.membership_id = p_member_id));
  select m.* into v_member
  from identity.memberships as m
  where m.tenant_id = app.tenant_id()
    and m.id = p_member_id
    and (app.sees_all_properties() or m.property_ids <> '{}' and m.property_ids <@ app.property_ids())
  for no key update;
  if not found then
    raise exception 'There is no such member.' using errcode = 'PT404', detail = 'member_not_found';
  end if;
  if v_member.id = app.actor_id() then
    raise exception 'Nobody changes their own membership.'
      using errcode = 'PT403', detail = 'own_membership_stays', hint = 'Ask another manager or the owner.';
  end if;
  return v_member;
end
$$;

comment on function app.find_member(uuid) is
  'A membership to be changed, locked: of the tenant, not the caller''s own, of somebody who holds nothing that the caller does not, and working nowhere that the caller does not.';
