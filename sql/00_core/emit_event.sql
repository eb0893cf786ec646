-- emit_event: what happened, in the transaction that made it happen.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.emit_event(
  p_topic text,
  p_property_id uuid,
  p_booking_id uuid,
  p_request_id uuid,
  p_entity text,
  p_entity_id uuid,
  p_payload jsonb default '{}'
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.event_log (tenant_id, topic, property_id, booking_id, request_id, entity, entity_id, payload, at)
  values (app.tenant_id(), p_topic, p_property_id, p_booking_id, p_request_id, p_entity, p_entity_id, p_payload, app.now());
end
$$;

comment on function app.emit_event(text, uuid, uuid, uuid, text, uuid, jsonb) is
  'Writes an event of the transaction''s tenant. The payload carries ids and states, never personal data.';
