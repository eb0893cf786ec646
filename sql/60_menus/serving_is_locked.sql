-- serving_is_locked: whether the kitchen has begun upon a serving.
create or replace function app.serving_is_locked(p_session_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select s.locked_at is not null or app.now() >= s.starts_at - make_interval(mins => m.lock_minutes_before)
  from service_menus.sessions as s
  join service_menus.menus as m on m.tenant_id = s.tenant_id and m.id = s.menu_id
  where s.tenant_id = app.tenant_id() and s.id = p_session_id
$$;

comment on function app.serving_is_locked(uuid) is 'The time decides, not the job that locks: from lock_minutes_before the slot on its orders stand.';
