-- roles_must_be_grantable: nobody gives or takes away a role that carries more than they hold.
-- may:      called by commands that give or take away roles
-- refuses:  role_not_found, role_is_not_for_people, role_exceeds_yours, owner_is_made_by_an_owner
-- then:     the tenant is locked until commit, so that what the caller holds stays held
create or replace function app.roles_must_be_grantable(p_role_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_role record;
  v_held text[] := app.held_permissions();
begin
  if exists (select from unnest(p_role_ids) as i
             where not exists (select from identity.roles as r where r.tenant_id = app.tenant_id() and r.id = i)) then
    raise exception 'There is no such role.' using errcode = 'PT404', detail = 'role_not_found';
  end if;

  for v_role in
    select r.key, app.label(r.name) as name, r.session_type,
           array(select rp.permission from identity.role_permissions as rp
                 where rp.tenant_id = r.tenant_id and rp.role_id = r.id and rp.permission <> all (v_held)
                 order by rp.permission) as beyond
    from identity.roles as r
    where r.tenant_id = app.tenant_id() and r.id = any (p_role_ids)
    order by r.key
  loop
    if coalesce(v_role.session_type, 'none') not in ('admin', 'staff') then
      raise exception 'The role % is not for people.', app.printed(v_role.name)
        using errcode = 'PT409', detail = 'role_is_not_for_people', hint = 'Kiosks and the assistant have it by what they are.';
    end if;
    if cardinality(v_role.beyond) > 0 then
      raise exception 'The role % carries more than you hold.', app.printed(v_role.name)
        using errcode = 'PT403', detail = 'role_exceeds_yours', hint = format('You do not hold: %s.', array_to_string(v_role.beyond, ', '));
    end if;
    if v_role.session_type = 'admin' and app.session_role() is distinct from 'admin' then
      raise exception 'The role % carries more than you hold.', app.printed(v_role.name)
        using errcode = 'PT403', detail = 'role_exceeds_yours', hint = 'Those who have it sign in to the office; you do not.';
    end if;
    if v_role.key = 'OWNER' and not app.is_owner(app.actor_id()) then
      raise exception 'Only an owner makes or unmakes an owner.' using errcode = 'PT403', detail = 'owner_is_made_by_an_owner';
    end if;
  end loop;
end
$$;

comment on function app.roles_must_be_grantable(uuid[]) is
  'Refuses unless the caller, as of now, holds every permission of each role; OWNER is given and taken by owners alone.';
