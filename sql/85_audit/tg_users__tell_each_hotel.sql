-- tg_users__tell_each_hotel: a person's new e-mail stands in the log of every hotel they work for.
-- definer because only auditor may write the log.
create or replace function app.tg_users__tell_each_hotel()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_old jsonb := jsonb_build_object('email', old.email);
  v_new jsonb := jsonb_build_object('email', new.email);
begin
  insert into public.audit_log (tenant_id, table_name, row_key, operation, old_values, new_values, db_role, actor_id, actor_name,
                                session_id, command, call_id, at, epoch)
  select
    h.tenant_id, 'identity.users', jsonb_build_object('id', new.id), 'UPDATE', v_old, v_new, current_setting('role'),
    -- who it was is known where they acted; no hotel reads of another's members
    case when h.is_here then app.actor_id() end, case when h.is_here then app.actor_name() end, case when h.is_here then app.session_id() end,
    nullif(current_setting('app.command', true), ''), app.call_id(), app.now(),
    coalesce((select a.epoch from app.audit_heads as a where a.tenant_id = h.tenant_id), 1)
  from (
    select distinct m.tenant_id, m.tenant_id is not distinct from app.tenant_id() as is_here
    from identity.memberships as m
    where m.user_id = new.id) as h;
  return null;
end
$$;

alter function app.tg_users__tell_each_hotel() owner to auditor;
comment on function app.tg_users__tell_each_hotel() is 'Users belong to no tenant: what changes about one is written down under each tenant of the person.';

create or replace trigger users__tell_each_hotel
  after update of email on identity.users
  for each row when (old.email is distinct from new.email)
  execute function app.tg_users__tell_each_hotel();
