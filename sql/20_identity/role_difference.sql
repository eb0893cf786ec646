-- role_difference: how a default role differs from what hotels are given.
-- may:      hotel:staff:write
-- refuses:  role_not_found
-- then:     nothing
create or replace function api.role_difference(p_role_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_role jsonb := app.role_as_json(p_role_id);
  v_seed jsonb;
begin
  perform app.require('hotel:staff:write');
  if v_role is null then
    raise exception 'There is no such role.' using errcode = 'PT404', detail = 'role_not_found';
  end if;
  if (v_role ->> 'is_default')::boolean then
    select d.data into v_seed from app.reference_data as d where d.kind = 'roles' and d.key = v_role ->> 'key';
  end if;
  return jsonb_build_object(
    'is_edited', v_role -> 'is_edited',
    'seed', case when v_seed is not null then jsonb_build_object('names', v_seed -> 'label', 'permissions', v_seed -> 'permissions') end,
    'is_renamed', coalesce(v_seed -> 'label' <> v_role -> 'names', false),
    'added', (select coalesce(jsonb_agg(p order by p), '[]') from jsonb_array_elements_text(v_role -> 'permissions') as p
              where not (v_seed -> 'permissions') ? p),
    'missing', (select coalesce(jsonb_agg(p order by p), '[]') from jsonb_array_elements_text(v_seed -> 'permissions') as p
                where not (v_role -> 'permissions') ? p));
end
$$;

alter function api.role_difference(uuid) owner to engine;
comment on function api.role_difference(uuid) is
  '{is_edited, seed: {names, permissions} or null for a tenant''s own role, is_renamed, added, missing}: give the seed''s names and permissions to change_role to go back to it.';
revoke all on function api.role_difference(uuid) from public;
grant execute on function api.role_difference(uuid) to staff, admin;
