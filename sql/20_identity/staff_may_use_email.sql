-- staff_may_use_email: whether one of a member's properties lets staff sign in by e-mail, without their badge.
create or replace function app.staff_may_use_email(p_property_ids uuid[])
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(bool_or(app.setting(p.id, 'staff_signs_in_by_email', 'true') = 'true'), false)
  from public.properties as p
  where p.tenant_id = app.tenant_id()
    and (p_property_ids = '{}' or p.id = any (p_property_ids))
$$;

comment on function app.staff_may_use_email(uuid[]) is 'The setting staff_signs_in_by_email of the properties listed (none: of all), true unless a property says otherwise.';
