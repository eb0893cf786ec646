-- forget_idempotency_keys: a call that comes again after so long is a new one.
create or replace function app.forget_idempotency_keys(p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from app.idempotency_keys as k
  where k.tenant_id = app.tenant_id() and k.ctid = any (array(
    select o.ctid from app.idempotency_keys as o
    where o.tenant_id = app.tenant_id() and o.created_at < p_before limit p_limit));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.forget_idempotency_keys(timestamptz, integer) is 'Keys, and the answers kept for them, given before an instant.';
