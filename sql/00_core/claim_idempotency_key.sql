-- claim_idempotency_key: the first of twins goes on, the others get its answer.
-- may:      called by commands that take a key
-- refuses:  idempotency_key_missing, idempotency_key_reused, twin_in_flight
-- then:     null for the first, the stored answer for a repeat
create or replace function app.claim_idempotency_key(p_command text, p_key text, p_body jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_caller text := concat_ws(':', app.session_role(), coalesce(app.actor_id(), app.booking_id()));
  v_digest bytea := app.digest(p_body::text);
  v_stored record;
begin
  if p_key is null or length(p_key) not between 1 and 200 then
    raise exception 'This call needs an idempotency key.'
      using errcode = 'PT400', detail = 'idempotency_key_missing', hint = 'Send a fresh random key of 1 to 200 characters with each new order, and the same one when you repeat it.';
  end if;
  -- tests shorten the wait
  perform set_config('lock_timeout', coalesce(nullif(current_setting('app.patience', true), ''), '10s'), true);
  begin
    insert into app.idempotency_keys (tenant_id, caller, command, key, body_digest)
    values (app.tenant_id(), v_caller, p_command, p_key, v_digest)
    on conflict (tenant_id, caller, command, key) do nothing;
  exception
    when lock_not_available then
      raise exception 'The same call is still under way.'
        using errcode = 'PT409', detail = 'twin_in_flight', hint = 'Send it again as it is in a moment.';
  end;
  if found then
    return null;
  end if;

  select k.body_digest, k.response into v_stored
  from app.idempotency_keys as k
  where k.tenant_id = app.tenant_id() and k.caller = v_caller and k.command = p_command and k.key = p_key;
  if v_stored.body_digest <> v_digest then
    raise exception 'This idempotency key was used for something else.'
      using errcode = 'PT422', detail = 'idempotency_key_reused', hint = 'Use a new key for a new order.';
  end if;
  return v_stored.response;
end
$$;

comment on function app.claim_idempotency_key(text, text, jsonb) is
  'Claims a caller''s key for a command. A twin in flight waits for the row, 10 s at most; a refused command rolls its key back. Keys live 7 days.';
