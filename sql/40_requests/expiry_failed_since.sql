-- expiry_failed_since: whether a request was tried since an instant and could not expire.
create or replace function app.expiry_failed_since(p_request portal.requests, p_since timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.alerts as a
    where a.tenant_id = p_request.tenant_id and a.dedupe_key = 'request_cannot_expire:' || p_request.id and a.resolved_at is null
      and (a.details ->> 'tried_at')::timestamptz >= p_since)
$$;

comment on function app.expiry_failed_since(portal.requests, timestamptz) is
  'The open alert of the request keeps when it was tried last: a run tries each once, and the next day''s run again.';
