-- copy_request_types: a tenant's request types follow the seeds as long as nobody edited them.
-- may:      called by copy_reference
-- refuses:  workflow_is_not_sound, status_keys_are_immutable
-- then:     new types appear, untouched ones follow, edited ones stay
create or replace function app.copy_request_types()
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_reference record;
begin
  for v_reference in
    select r.data, r.digest
    from app.reference_data as r
    left join portal.request_types as t on t.tenant_id = app.tenant_id() and t.slug = r.key
    where r.kind = 'request_types'
      and (t.id is null or t.reference_digest <> r.digest)
    order by r.key
  loop
    perform app.publish_request_type(v_reference.data, v_reference.digest);
  end loop;
end
$$;

comment on function app.copy_request_types() is 'Publishes each seeded request type that the tenant lacks or holds untouched in an older text.';
