-- enter_as_member: the transaction acts for a member from here on.
create or replace function app.enter_as_member(p_tenant_id uuid, p_membership_id uuid, p_session_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_member record;
begin
  perform set_config('app.tenant_id', p_tenant_id::text, true);
  select m.* into v_member from app.member_as_caller(p_tenant_id, p_membership_id) as m;
  if not found then
    perform app.set_caller(p_tenant_id);
    return false;
  end if;
  perform app.set_caller(
    p_tenant_id, v_member.session_type, p_membership_id, v_member.display_name, p_session_id,
    p_permissions => v_member.permissions, p_property_ids => v_member.property_ids, p_language => v_member.language);
  return true;
end
$$;

comment on function app.enter_as_member(uuid, uuid, uuid) is 'Sets tenant, actor, permissions, properties and language of a member for the transaction; false when there is no such active member.';
