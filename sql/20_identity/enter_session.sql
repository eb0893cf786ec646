-- enter_session: from verified claims to a living session.
-- may:      called by pre_request and token_is_alive
-- refuses:  token_incomplete, token_not_for_us, token_expired, session_over, session_of_another_type
-- then:     the transaction acts for the session's caller
create or replace function app.enter_session(p_role text, p_claims jsonb)
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_found record;
begin
  if jsonb_typeof(p_claims -> 'exp') is distinct from 'number' then
    return 'token_incomplete';
  end if;
  -- the tenant alone; everything else is set when the session is entered, or blanked when it is refused
  perform set_config('app.tenant_id', coalesce(p_claims ->> 'tenant_id', ''), true);
  -- claims, session and member at once: every call pays for this, and each further statement would cost as much
  select c.*, s.id as known_id, s.session_type, s.membership_id, s.booking_id as known_booking_id, s.level, s.ended_at, s.expires_at,
         m.session_type as member_type, m.display_name, m.property_ids, m.language, m.permissions
  into v_found
  from jsonb_to_record(p_claims) as c (role text, sub uuid, session_id uuid, tenant_id uuid, booking_id uuid, aud text, iss text, exp double precision)
  left join identity.sessions as s on s.tenant_id = c.tenant_id and s.id = c.session_id
  left join lateral app.member_as_caller(s.tenant_id, s.membership_id) as m on true;

  if num_nulls(v_found.role, v_found.sub, v_found.session_id, v_found.aud, v_found.iss, v_found.exp) > 0
     or p_role <> 'platform' and v_found.tenant_id is null then
    return 'token_incomplete';
  elsif v_found.role <> p_role or v_found.aud <> 'staybase' or v_found.iss <> 'staybase' then
    return 'token_not_for_us';
  elsif to_timestamp(v_found.exp) <= clock_timestamp() then
    return 'token_expired';
  end if;

  if p_role = 'platform' then
    return case when p_claims ? 'tenant_id' then 'token_not_for_us'
                when not app.enter_as_platform(v_found.session_id, v_found.sub) then 'session_over' end;
  end if;
  if v_found.known_id is null or v_found.ended_at is not null or v_found.expires_at <= clock_timestamp() then
    return 'session_over';
  elsif v_found.session_type <> p_role then
    return 'session_of_another_type';
  end if;

  if p_role = 'guest' then
    return case when v_found.known_booking_id is distinct from v_found.booking_id
                  or not app.enter_as_guest(v_found.tenant_id, v_found.known_booking_id, v_found.session_id, v_found.level) then 'session_over' end;
  elsif p_role = 'kiosk' then
    return case when not app.enter_as_kiosk(v_found.tenant_id, v_found.session_id, p_claims) then 'session_over' end;
  elsif v_found.membership_id is distinct from v_found.sub or v_found.member_type is distinct from p_role then
    return 'session_over';
  end if;
  perform app.set_caller(
    v_found.tenant_id, p_role, v_found.sub, v_found.display_name, v_found.session_id,
    p_permissions => v_found.permissions, p_property_ids => v_found.property_ids, p_language => v_found.language);
  return null;
exception
  when invalid_text_representation or numeric_value_out_of_range or datetime_field_overflow then
    return 'token_incomplete';
end
$$;

comment on function app.enter_session(text, jsonb) is
  'Enters the session a token stands for; answers null, or why not. Called by pre_request alone; token life is the real clock''s.';
