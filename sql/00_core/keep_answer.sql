-- keep_answer: what a repeat of the key will be answered.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.keep_answer(p_command text, p_key text, p_response jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update app.idempotency_keys as k
  set response = p_response
  where k.tenant_id = app.tenant_id()
    and k.caller = concat_ws(':', app.session_role(), coalesce(app.actor_id(), app.booking_id()))
    and k.command = p_command
    and k.key = p_key;
end
$$;

comment on function app.keep_answer(text, text, jsonb) is 'Stores a command''s answer under the key claimed in this transaction.';
