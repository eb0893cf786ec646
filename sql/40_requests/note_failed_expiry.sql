-- note_failed_expiry: a request that cannot end by itself is a human's from now on.
-- may:      called by expire_outlived_requests
-- refuses:  nothing
-- then:     one open alert, which keeps what was wrong and when it was tried last
create or replace function app.note_failed_expiry(p_request portal.requests, p_sqlstate text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := 'request_cannot_expire:' || p_request.id;
  v_details jsonb := jsonb_build_object('request_id', p_request.id, 'number', p_request.number, 'sqlstate', p_sqlstate, 'tried_at', app.now());
begin
  perform app.raise_alert(
    p_request.tenant_id, p_request.property_id, 'request_cannot_expire', 'normal',
    format('%s has outlived its stay and cannot expire.', p_request.number), v_details, v_key);
  update public.alerts as a
  set details = v_details
  where a.tenant_id = p_request.tenant_id and a.dedupe_key = v_key and a.resolved_at is null and a.details <> v_details;
end
$$;

comment on function app.note_failed_expiry(portal.requests, text) is 'Raises the alert request_cannot_expire, or notes in the one that is open that it failed once more.';
