-- sees_property: whether the member works at a property.
create or replace function app.sees_property(p_property_id uuid)
returns boolean
language sql
stable
parallel safe
begin atomic
  select app.sees_all_properties() or p_property_id = any (app.property_ids());
end;

comment on function app.sees_property(uuid) is 'Whether the member works at a property: one listed for the membership, or any when none is listed.';
select app.grant_to_readers('app.sees_property(uuid)');
