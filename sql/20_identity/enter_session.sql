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
  v_claim record;
  v_session record;
begin
  if jsonb_typeof(p_claims -> 'exp') is distinct from 'number' then
    return 'token_incomplete';
  end if;
  -- all in one: every further look into the claims costs as much as this
  select c.* into v_claim
  from jsonb_to_record(p_claims) as c (role text, sub uuid, session_id uuid, tenant_id uuid, booking_id uuid, aud text, iss text, exp double precision);
  if num_nulls(v_claim.role, v_claim.sub, v_claim.session_id, v_claim.aud, v_claim.iss, v_claim.exp) > 0
     or p_role <> 'platform' and v_claim.tenant_id is null then
    return 'token_incomplete';
  end if;
  if v_claim.role <> p_role or v_claim.aud <> 'staybase' or v_claim.iss <> 'staybase' then
    return 'token_not_for_us';
  end if;
  if to_timestamp(v_claim.exp) <= clock_timestamp() then
    return 'token_expired';
  end if;

  if p_role = 'platform' then
    if p_claims ? 'tenant_id' then
      return 'token_not_for_us';
    elsif not app.enter_as_platform(v_claim.session_id, v_claim.sub) then
      return 'session_over';
    end if;
    return null;
  end if;

  -- the tenant alone; everything else is set when the session is entered, or blanked when it is refused
  perform set_config('app.tenant_id', v_claim.tenant_id::text, true);
  select s.tenant_id, s.id, s.session_type, s.membership_id, s.booking_id, s.level, s.ended_at, s.expires_at
  into v_session
  from identity.sessions as s
  where s.tenant_id = v_claim.tenant_id
    and s.id = v_claim.session_id;

  if not found or v_session.ended_at is not null or v_session.expires_at <= clock_timestamp() then
    return 'session_over';
  end if;
  if v_session.session_type <> p_role then
    return 'session_of_another_type';
  end if;
  if p_role = 'guest' then
    if v_session.booking_id is distinct from v_claim.booking_id
       or not app.enter_as_guest(v_session.tenant_id, v_session.booking_id, v_session.id, v_session.level) then
      return 'session_over';
    end if;
  elsif p_role = 'kiosk' then
    if not app.enter_as_kiosk(v_session.tenant_id, v_session.id, p_claims) then
      return 'session_over';
    end if;
  elsif v_session.membership_id is distinct from v_claim.sub
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
