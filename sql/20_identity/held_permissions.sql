-- held_permissions: what the caller holds now, not what the session began with.
-- may:      called by commands that give rights away
-- refuses:  nothing
-- then:     the tenant is locked until commit: two who give or take roles wait for one another
create or replace function app.held_permissions()
returns text[]
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform from public.tenants as t where t.id = app.tenant_id() for no key update;
  return array(select p from app.member_permissions(app.tenant_id(), app.actor_id()) as p order by p);
end
$$;

comment on function app.held_permissions() is 'Locks the tenant and answers the caller''s permissions as of then: whoever has just lost a right can no longer pass it on.';
