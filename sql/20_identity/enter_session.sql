-- enter_session: from verified claims to a living session.
-- may:      called by pre_request
-- refuses:  token_incomplete, token_not_for_us, token_expired, session_over, session_of_another_type
-- then:     the transaction acts for the session's caller
create or replace function app.enter_session(p_role text, p_claims jsonb)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_session record;
begin
  if jsonb_typeof(p_claims -> 'exp') is distinct from 'number'
     or not jsonb_strip_nulls(p_claims) ?& array['role', 'sub', 'session_id', 'aud', 'iss', 'exp']
     or p_role <> 'platform' and p_claims ->> 'tenant_id' is null then
    return 'token_incomplete';
  end if;
  if p_claims ->> 'role' <> p_role or p_claims ->> 'aud' <> 'staybase' or p_claims ->> 'iss' <> 'staybase' then
    return 'token_not_for_us';
  end if;
  if to_timestamp((p_claims ->> 'exp')::double precision) <= clock_timestamp() then
    return 'token_expired';
  end if;

  if p_role = 'platform' then
    if p_claims ? 'tenant_id' then
      return 'token_not_for_us';
    elsif not app.enter_as_platform((p_claims ->> 'session_id')::uuid, (p_claims ->> 'sub')::uuid) then
      return 'session_over';
    end if;
    return null;
  end if;

  -- the tenant alone; everything else is set when the session is entered, or blanked when it is refused
  perform set_config('app.tenant_id', (p_claims ->> 'tenant_id')::uuid::text, true);
  select s.tenant_id, s.id, s.session_type, s.membership_id, s.booking_id, s.level, s.ended_at, s.expires_at
  into v_session
  from identity.sessions as s
  where s.tenant_id = app.tenant_id()
    and s.id = (p_claims ->> 'session_id')::uuid;

  if not found or v_session.ended_at is not null or v_session.expires_at <= clock_timestamp() then
    return 'session_over';
  end if;
  if v_session.session_type <> p_role then
    return 'session_of_another_type';
  end if;
  if p_role = 'guest' then
    if v_session.booking_id::text is distinct from p_claims ->> 'booking_id'
       or not app.enter_as_guest(v_session.tenant_id, v_session.booking_id, v_session.id, v_session.level) then
      return 'session_over';
    end if;
  elsif p_role = 'kiosk' then
    if not app.enter_as_kiosk(v_session.tenant_id, v_session.id, p_claims) then
      return 'session_over';
    end if;
  elsif v_session.membership_id::text is distinct from p_claims ->> 'sub'
        or not app.enter_as_member(v_session.tenant_id, v_session.membership_id, v_session.id)
        or app.session_role() <> p_role then
    return 'session_over';
  end if;
  return null;
exception
  when invalid_text_representation or numeric_value_out_of_range or datetime_field_overflow then
    return 'token_incomplete';
end
$$;

comment on function app.enter_session(text, jsonb) is
  'Enters the session a token stands for; answers null, or why not. Called by pre_request alone; token life is the real clock''s.';
