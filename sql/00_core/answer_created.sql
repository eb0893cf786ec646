-- answer_created: what a command has made, kept for whoever asks again with the same key.
-- may:      called by commands that claimed the key
-- refuses:  nothing
-- then:     the answer is kept; the status is 201
create or replace function app.answer_created(p_command text, p_idempotency_key text, p_body jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.keep_answer(p_command, p_idempotency_key, p_body);
  perform set_config('response.status', '201', true);
  return jsonb_build_object('status', 201, 'replayed', false, 'body', p_body);
end
$$;

comment on function app.answer_created(text, text, jsonb) is '{status: 201, replayed: false, body}: how a command with a key ends. The same key and body answer the same body again.';
