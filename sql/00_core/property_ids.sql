-- property_ids: properties the member works at; empty means all.
create or replace function app.property_ids()
returns uuid[]
language sql
stable
parallel safe
begin atomic
  select coalesce(nullif(current_setting('app.property_ids', true), ''), '{}')::uuid[];
end;

comment on function app.property_ids() is 'Properties the member works at; empty means all.';
select app.grant_to_readers('app.property_ids()');
