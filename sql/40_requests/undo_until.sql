-- undo_until: how long what is done now can be taken back.
-- may:      called by perform_action
-- refuses:  nothing
-- then:     nothing
create or replace function app.undo_until(p_property_id uuid, p_action jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  v_seconds integer;
begin
  if app.actor_kind() <> 'staff' or not coalesce((p_action ->> 'can_be_undone')::boolean, true) then
    return null;
  end if;
  v_seconds := (app.setting(p_property_id, 'undo_seconds', '10') #>> '{}')::integer;
  return case when v_seconds > 0 then app.now() + make_interval(secs => v_seconds) end;
end
$$;

comment on function app.undo_until(uuid, jsonb) is
  'The instant until which a member''s action can be undone, by the property''s setting undo_seconds; null: it cannot. An action whose consequences reach further says "can_be_undone": false.';
