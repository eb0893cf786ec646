-- inputs_of_request: what the type asks for at submission, read and complete.
-- may:      called by portal_submit_request
-- refuses:  permission_missing, input_missing, input_invalid, input_unknown, scheduled_for_is_past, note_too_long
-- then:     nothing
create or replace function app.inputs_of_request(p_request jsonb, p_type portal.request_types, p_property_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  c_own constant text[] := array['type_slug', 'subtype', 'items', 'note', 'title', 'priority', 'property_code', 'room_number', 'on_behalf_of'];
  v_fields jsonb := (p_type.asks || app.asks_of_subtype(p_type, p_request ->> 'subtype')) - 'note';
  v_inputs jsonb;
begin
  if jsonb_typeof(p_request) <> 'object' then
    raise exception 'The request is no object.' using errcode = 'PT422', detail = 'input_invalid', hint = 'Send a JSON object.';
  end if;
  if jsonb_typeof(p_request -> 'note') not in ('string', 'null') then
    raise exception 'The note is no text.' using errcode = 'PT422', detail = 'input_invalid', hint = 'note must be text.';
  end if;
  if length(p_request ->> 'note') > 2000 then
    raise exception 'The note is too long.' using errcode = 'PT422', detail = 'note_too_long', hint = 'Keep it under 2000 characters.';
  end if;
  if (p_type.asks #>> '{note,required}')::boolean and coalesce(btrim(p_request ->> 'note'), '') = '' then
    raise exception '"%" is missing.', app.printed(app.label(p_type.asks #> '{note,label}')) using errcode = 'PT422', detail = 'input_missing', hint = 'note';
  end if;
  v_fields := '{"scheduled_for": {"type": "timestamp", "required": false},
                "severity": {"type": "choice", "options": ["urgent", "normal", "low"], "required": false}}'::jsonb || v_fields;
  if app.session_role() <> 'guest' then
    v_fields := v_fields || '{"assignee": {"type": "member", "required": false}}';
  end if;
  v_inputs := app.typed_inputs(p_property_id, v_fields, p_request - c_own, app.actor_kind());
  if v_inputs ->> 'assignee' <> app.actor_id()::text then
    perform app.require('hotel:requests:assign');
  end if;
  if (v_inputs ->> 'scheduled_for')::timestamptz < app.now() - interval '1 minute' then
    raise exception 'That time has passed.' using errcode = 'PT422', detail = 'scheduled_for_is_past', hint = 'scheduled_for';
  end if;
  return v_inputs;
end
$$;

comment on function app.inputs_of_request(jsonb, portal.request_types, uuid) is
  'Inputs of a submission by what type and subtype ask; every type may carry a note (a must where it asks for one), scheduled_for and severity, members'' own also an assignee.';
