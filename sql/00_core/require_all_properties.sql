-- require_all_properties: a command about the whole hotel is not for members of some of its properties.
-- may:      called by commands
-- refuses:  permission_missing
-- then:     nothing
create or replace function app.require_all_properties()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not app.sees_all_properties() then
    raise exception 'You may not do this.'
      using errcode = 'PT403', detail = 'permission_missing', hint = 'It concerns every property; you work at some of them.';
  end if;
end
$$;

comment on function app.require_all_properties() is 'Refuses a member who works at some properties only.';
