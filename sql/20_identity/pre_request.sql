-- pre_request: who calls, checked before anything else runs.
-- may:      called by PostgREST and as_caller, as the request's role
-- refuses:  method_not_allowed, token_has_no_role, token_incomplete, token_not_for_us, token_expired, session_over, session_of_another_type, agent_needs_a_session, agent_may_not
-- then:     tenant, actor, permissions and language stand for the transaction
-- definer because sessions are read before the caller may read anything.
create or replace function hook.pre_request()
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_role text := current_setting('role');
  v_claims_text text := nullif(current_setting('request.jwt.claims', true), '');
  v_claims jsonb := v_claims_text::jsonb;
  v_headers jsonb := nullif(current_setting('request.headers', true), '')::jsonb;
  v_method text := current_setting('request.method', true);
  v_path text := current_setting('request.path', true);
  v_refusal text;
begin
  perform set_config('app.address', coalesce(btrim(split_part(v_headers ->> 'x-forwarded-for', ',', -1)), ''), true),
          set_config('app.call_id', left(coalesce(nullif(v_headers ->> 'x-request-id', ''), app.new_id()::text), 64), true),
          set_config('app.command', left(coalesce(v_path, ''), 200), true);

  -- a list is written by commands, whoever asks; PostgreSQL would call it a failure of ours that the view joins tables
  if v_method in ('POST', 'PATCH', 'PUT', 'DELETE') and v_path ~ '^/[a-z_]+$' then
    perform from pg_catalog.pg_class as c
    where c.relnamespace = 'api'::regnamespace
      and c.relname = substr(v_path, 2)
      and not case v_method when 'DELETE' then has_table_privilege(v_role, c.oid, 'delete')
                            when 'PATCH' then has_any_column_privilege(v_role, c.oid, 'update')
                            else has_any_column_privilege(v_role, c.oid, 'insert') end;
    if found then
      raise exception 'This list is only read.'
        using errcode = 'PT405', detail = 'method_not_allowed', hint = 'Commands under /rpc write.';
    end if;
  end if;

  if v_role = 'anon' then
    perform app.set_caller(null);
    -- Supabase's gateway sends a token for its publishable key, which says nothing of a person
    if exists (select from jsonb_object_keys(coalesce(v_claims, '{}')) as k
               where k <> 'role' and not (coalesce(v_claims ->> 'iss', '') in ('supabase', 'supabase-demo') and k in ('iss', 'ref', 'iat', 'exp'))) then
      v_refusal := 'token_has_no_role';
    end if;
  elsif v_headers ? 'authorization' and not app.token_is_plain(v_headers ->> 'authorization', v_claims_text) then
    v_refusal := 'token_not_for_us';
  else
    v_refusal := app.enter_session(v_role, v_claims);
  end if;

  if v_refusal is not null then
    perform app.set_caller(null);
    raise exception 'You are not signed in, or no longer.'
      using errcode = 'PT401', detail = v_refusal, hint = 'Sign in again, or open your link again.';
  end if;
  -- whoever says so can do less for it, never more
  if v_headers ? 'x-acting-agent' then
    perform app.enter_as_agent(v_path);
  end if;
end
$$;

alter function hook.pre_request() owner to engine;
comment on function hook.pre_request() is
  'Checks exp, aud, iss, that the session is alive and that the role is the session''s type; then sets tenant and caller. PostgREST itself lets tokens without exp or aud pass.';
revoke all on function hook.pre_request() from public;
grant execute on function hook.pre_request() to anon, guest, staff, admin, kiosk, platform;
