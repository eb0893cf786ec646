-- session_type_of: how someone with these roles signs in.
create or replace function app.session_type_of(p_role_ids uuid[])
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select case when bool_or(r.session_type = 'admin') then 'admin' else 'staff' end
    from identity.roles as r
    where r.tenant_id = app.tenant_id() and r.id = any (p_role_ids));
end
$$;

comment on function app.session_type_of(uuid[]) is 'admin if one of the roles is for admin sessions, else staff: a person has one kind of session at a tenant.';
