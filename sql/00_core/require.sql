-- require: a command asks for the permission it needs.
-- may:      called by commands
-- refuses:  permission_missing
-- then:     nothing
create or replace function app.require(p_permission text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if app.can(p_permission) is not true then
    raise exception 'You may not do this.'
      using errcode = 'PT403', detail = 'permission_missing',
            hint = format('It needs the permission %s; a manager can give it to your role.', p_permission);
  end if;
end
$$;

comment on function app.require(text) is 'Refuses with permission_missing unless the session carries the permission.';
