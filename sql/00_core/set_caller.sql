-- set_caller: the one place that says who acts in this transaction.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.set_caller(
  p_tenant_id uuid,
  p_role text default null,
  p_actor_id uuid default null,
  p_actor_name text default null,
  p_session_id uuid default null,
  p_booking_id uuid default null,
  p_level text default null,
  p_permissions text[] default '{}',
  p_property_ids uuid[] default '{}',
  p_language text default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform set_config('app.tenant_id', coalesce(p_tenant_id::text, ''), true),
         set_config('app.role', coalesce(p_role, ''), true),
         set_config('app.actor_id', coalesce(p_actor_id::text, ''), true),
         set_config('app.actor_name', coalesce(p_actor_name, ''), true),
         set_config('app.session_id', coalesce(p_session_id::text, ''), true),
         set_config('app.booking_id', coalesce(p_booking_id::text, ''), true),
         set_config('app.level', coalesce(p_level, ''), true),
         set_config('app.permissions', p_permissions::text, true),
         set_config('app.property_ids', p_property_ids::text, true),
         set_config('app.language', coalesce(p_language, ''), true),
         set_config('app.agent', '', true),
         set_config('app.action', '', true),
         set_config('app.move', '', true),
         set_config('app.answering', '', true);
end
$$;

comment on function app.set_caller(uuid, text, uuid, text, uuid, uuid, text, text[], uuid[], text) is
  'Sets tenant and caller for the rest of the transaction, every setting anew so that nothing of an earlier caller stays. Private: called by pre_request, the resolving functions, the worker and the tick.';
