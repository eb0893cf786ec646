-- retention_days: how long a class of data is kept.
create or replace function app.retention_days(p_property_id uuid, p_class text)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  v_default integer := case p_class
    when 'request_words' then 365
    when 'messages' then 90
    when 'devices' then 30
    when 'sessions' then 30
    when 'login_attempts' then 180
    when 'idempotency_keys' then 7
  end;
  v_days jsonb := app.setting(p_property_id, 'retention_days:' || p_class, to_jsonb(v_default));
begin
  return case when jsonb_typeof(v_days) = 'number' then greatest((v_days #>> '{}')::numeric::integer, 1) end;
end
$$;

comment on function app.retention_days(uuid, text) is
  'Days from app_settings, key retention_days:<class>, else the house''s own; null keeps for ever. Classes: request_words, messages and devices of a property; sessions, login_attempts, idempotency_keys and guests (kept unless set) of the tenant.';
