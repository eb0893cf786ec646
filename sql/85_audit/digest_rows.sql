-- digest_rows: what a seal covers, as one digest.
-- may:      called by seal_tenant and verify_audit
-- refuses:  nothing
-- then:     nothing
create or replace function app.digest_rows(
  p_tenant_id uuid,
  p_epoch integer,
  p_from_xid xid8,
  p_until_xid xid8,
  out row_count bigint,
  out digest bytea
)
language sql
stable
set search_path = ''
as $$
  select count(*), string_agg(sha256(convert_to(jsonb_build_array(
    a.tenant_id, a.id, a.position, a.epoch, a.xid::text, a.table_name, a.row_key, a.operation, a.old_values, a.new_values, a.guest_id,
    a.db_role, a.actor_id, a.actor_name, a.session_id, a.command, a.call_id, extract(epoch from a.at))::text, 'UTF8')), ''::bytea order by a.id)
  from public.audit_log as a
  where a.tenant_id = p_tenant_id
    and a.epoch = p_epoch
    and a.xid >= p_from_xid
    and a.xid < p_until_xid
$$;

alter function app.digest_rows(uuid, integer, xid8, xid8) owner to auditor;
comment on function app.digest_rows(uuid, integer, xid8, xid8) is
  'How many rows of the log the transactions [from, until) of an epoch wrote, and the sha256 of each in order of id, one after the other; null without rows.';
