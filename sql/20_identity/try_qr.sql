-- try_qr: whether a QR code still stands, with tries counted.
-- may:      called by scan_qr, validate_qr and identify_guest
-- refuses:  nothing: refusals are answered, so that the counters survive
-- then:     the code's tenant stands
-- real clock: the life of a code, and limits
create or replace function app.try_qr(
  p_digest bytea,
  p_address text,
  p_counts_all boolean,
  out outcome text,
  out retry_after integer,
  out code_id uuid
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_minute constant interval := interval '1 minute';
  v_address_bucket text := 'qr:' || coalesce(p_address, 'unknown');
  v_guest_bucket text;
  v_address_most integer;
  v_guest_most integer;
  v_found record;
  v_code identity.qr_tokens;
begin
  select r.tenant_id, r.token_id into v_found from app.resolve_qr(p_digest) as r;
  perform app.set_caller(v_found.tenant_id);
  select t.* into v_code from identity.qr_tokens as t where t.tenant_id = v_found.tenant_id and t.id = v_found.token_id;
  v_guest_bucket := 'qr-guest:' || v_code.guest_id;
  v_address_most := app.qr_limit('address_per_minute');
  v_guest_most := app.qr_limit('guest_per_minute');

  retry_after := greatest(
    app.limit_wait(v_address_bucket, c_minute, v_address_most), app.limit_wait(v_guest_bucket, c_minute, v_guest_most));
  outcome := case
    when retry_after is not null then 'throttled'
    when v_code.id is null then 'unknown'
    when v_code.revoked_at is not null then 'revoked'
    when v_code.used_at is not null then 'used'
    when v_code.expires_at <= clock_timestamp() then 'expired'
    when v_code.membership_id is not null and not exists (
      select from identity.memberships as m
      where m.tenant_id = v_code.tenant_id and m.id = v_code.membership_id and m.is_active) then 'revoked'
    else 'known'
  end;

  if outcome <> 'throttled' and (p_counts_all or outcome <> 'known') then
    -- of many at the same moment those beyond the limit learn nothing
    if app.count_hit(v_address_bucket, c_minute) > v_address_most
       or v_guest_bucket is not null and app.count_hit(v_guest_bucket, c_minute) > v_guest_most then
      outcome := 'throttled';
      retry_after := greatest(1,
        app.limit_wait(v_address_bucket, c_minute, v_address_most), app.limit_wait(v_guest_bucket, c_minute, v_guest_most));
    end if;
  end if;
  if outcome = 'known' then
    code_id := v_code.id;
  else
    perform app.set_caller(null);
  end if;
end
$$;

comment on function app.try_qr(bytea, text, boolean) is
  'outcome known, unknown, expired, used, revoked or throttled. Ten tries a minute an address and five a guest, or what the hotel''s settings say; p_counts_all counts right ones too.';
