-- business_date: the date that postings carry.
create or replace function app.business_date(p_property_id uuid)
returns date
language sql
stable
set search_path = ''
as $$
  select app.today(p_property_id)
$$;

comment on function app.business_date(uuid) is 'The business date of a property. One that has never closed a day lives by its calendar.';
