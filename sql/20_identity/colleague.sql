-- colleague: an active member of the caller's hotel.
-- refuses:  member_not_found
create or replace function app.colleague(p_membership_id uuid)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from identity.memberships as m
                 where m.tenant_id = app.tenant_id() and m.id = p_membership_id and m.is_active) then
    raise exception 'There is no such colleague.' using errcode = 'PT404', detail = 'member_not_found';
  end if;
  return p_membership_id;
end
$$;

comment on function app.colleague(uuid) is 'The membership itself, if it is an active one of the tenant.';
