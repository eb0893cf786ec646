-- explain_access: which rule decides whether the caller may do something.
-- may:      anyone with a session, about themselves
-- refuses:  access_action_unknown
-- then:     nothing
create or replace function api.explain_access(p_action text, p_object uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_checks jsonb;
  v_decides jsonb;
begin
  v_checks := coalesce(
    app.workflow_checks(p_object, p_action),
    app.command_checks(p_action),
    case when exists (select from identity.permissions as p where p.key = p_action) then app.permission_checks(array[p_action]) end);
  if v_checks is null then
    raise exception 'Nothing here is called %.', app.printed(p_action)
      using errcode = 'PT422', detail = 'access_action_unknown',
            hint = 'Name a command, a permission, or with p_object an action of that request.';
  end if;
  v_checks := v_checks || app.object_checks(p_object);

  -- the first that refuses decides; if none does, the last permission that lets pass
  select coalesce(
    (select c.value from jsonb_array_elements(v_checks) with ordinality as c where c.value -> 'passed' = 'false' order by c.ordinality limit 1),
    (select c.value from jsonb_array_elements(v_checks) with ordinality as c
     order by c.value ->> 'rule' = 'permission' desc, c.ordinality desc limit 1))
  into v_decides;
  return jsonb_build_object(
    'action', p_action, 'object', p_object,
    'allowed', not jsonb_path_exists(v_checks, '$[*] ? (@.passed == false)'),
    'decided_by', v_decides -> 'rule', 'sentence', v_decides -> 'sentence', 'checks', v_checks);
end
$$;

alter function api.explain_access(text, uuid) owner to engine;
comment on function api.explain_access(text, uuid) is
  'Whether the caller may: p_action is a command, a permission, or an action of the request p_object (which may also be a booking, folio, charge, room or property). {action, object, allowed, decided_by: session_type, permission, property, team, workflow, level, object or agent, sentence, checks: [{rule, passed, sentence}]} in the viewer''s language; passed is null where it depends on what is given.';
revoke all on function api.explain_access(text, uuid) from public;
grant execute on function api.explain_access(text, uuid) to guest, staff, admin;
