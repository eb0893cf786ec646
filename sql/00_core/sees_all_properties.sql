-- sees_all_properties: whether the member works at every property of the tenant.
create or replace function app.sees_all_properties()
returns boolean
language sql
stable
parallel safe
begin atomic
  select coalesce(nullif(current_setting('app.property_ids', true), ''), '{}') = '{}';
end;

comment on function app.sees_all_properties() is 'Whether the member works at every property of the tenant.';
select app.grant_to_readers('app.sees_all_properties()');
