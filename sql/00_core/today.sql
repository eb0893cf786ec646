-- today: the calendar date at a property.
create or replace function app.today(p_property_id uuid)
returns date
language sql
stable
set search_path = ''
as $$
  select app.today_in(p.time_zone)
  from public.properties as p
  where p.tenant_id = app.tenant_id()
    and p.id = p_property_id
$$;

comment on function app.today(uuid) is 'The calendar date now at a property of the transaction''s tenant.';
