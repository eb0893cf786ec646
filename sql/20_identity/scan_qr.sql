-- scan_qr: what a QR code stands for; it signs nobody in.
-- may:      service, for the pages behind QR codes
-- refuses:  nothing: outcome says why not, so that the counters survive
-- then:     a wrong try is counted
create or replace function app.scan_qr(p_digest bytea, p_address text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_try record;
begin
  v_try := app.try_qr(p_digest, p_address, false);
  if v_try.outcome <> 'known' then
    return jsonb_build_object('outcome', v_try.outcome, 'retry_after', v_try.retry_after);
  end if;
  return jsonb_build_object('outcome', 'known') || app.qr_context(v_try.code_id);
end
$$;

alter function app.scan_qr(bytea, text) owner to engine;
comment on function app.scan_qr(bytea, text) is 'The context of a QR code by the sha256 of its secret: {outcome: known, purpose, …} as qr_context has it; else {outcome: unknown | expired | used | revoked | throttled, retry_after}.';
