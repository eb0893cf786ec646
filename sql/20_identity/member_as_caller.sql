-- member_as_caller: what a member's session stands for.
-- in plain sql, so that it becomes part of the statement that asks
create or replace function app.member_as_caller(p_tenant_id uuid, p_membership_id uuid)
returns table (session_type text, display_name text, property_ids uuid[], language text, permissions text[])
language sql
stable
begin atomic
  select m.session_type, m.display_name, m.property_ids, m.language,
         case when w.one_time_digest is not null then '{}' else array(select p from app.member_permissions(m.tenant_id, m.id) as p order by p) end
  from identity.memberships as m
  left join identity.passwords as w on w.tenant_id = m.tenant_id and w.membership_id = m.id
  where m.tenant_id = p_tenant_id
    and m.id = p_membership_id
    and m.is_active;
end;

comment on function app.member_as_caller(uuid, uuid) is
  'Session type, name, properties, language and permissions of an active member; no row for anyone else. Who must still choose a password has no permission until then.';
