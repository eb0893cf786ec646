-- permissions_must_be_held: a role is given no right that its maker lacks.
-- may:      called by commands that make or edit roles
-- refuses:  permission_unknown, role_exceeds_yours
-- then:     the tenant is locked until commit
create or replace function app.permissions_must_be_held(p_permissions text[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_held text[] := app.held_permissions();
  v_wrong text;
begin
  select string_agg(coalesce(k, 'null'), ', ' order by k) into v_wrong
  from unnest(p_permissions) as k
  where not exists (select from identity.permissions as p where p.key = k);
  if v_wrong is not null then
    raise exception 'There is no permission %.', app.printed(v_wrong)
      using errcode = 'PT422', detail = 'permission_unknown', hint = 'The keys are those of the list of permissions.';
  end if;
  select string_agg(k, ', ' order by k) into v_wrong from unnest(p_permissions) as k where k <> all (v_held);
  if v_wrong is not null then
    raise exception 'The role carries more than you hold.'
      using errcode = 'PT403', detail = 'role_exceeds_yours', hint = format('You do not hold: %s.', v_wrong);
  end if;
end
$$;

comment on function app.permissions_must_be_held(text[]) is 'Refuses keys that do not exist and those that the caller does not hold as of now.';
