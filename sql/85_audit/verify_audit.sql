-- verify_audit: one tenant's chain, link by link.
-- may:      called by audit_verify
-- refuses:  nothing
-- then:     nothing
create or replace function app.verify_audit(p_tenant_id uuid, p_after bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_at_once constant bigint := 100000;
  c_grace constant interval := interval '1 hour';
  v_head app.audit_heads;
  v_before public.audit_seals;
  v_seal public.audit_seals;
  v_rows record;
  v_unsealed record;
  v_checked bigint := 0;
  v_reason text;
begin
  select h.* into v_head from app.audit_heads as h where h.tenant_id = p_tenant_id;
  select s.* into v_before from public.audit_seals as s where s.tenant_id = p_tenant_id and s.number = p_after;
  v_before.number := coalesce(v_before.number, 0);

  for v_seal in
    select s.* from public.audit_seals as s where s.tenant_id = p_tenant_id and s.number > v_before.number order by s.number
  loop
    exit when v_checked >= c_at_once;
    v_rows := app.digest_rows(p_tenant_id, v_seal.epoch, v_seal.from_xid, v_seal.until_xid);
    v_reason := case
      when v_seal.number <> v_before.number + 1 then 'seal_missing'
      when v_seal.from_xid <> case when v_seal.epoch = v_before.epoch then v_before.until_xid else '0'::xid8 end
           or v_seal.epoch < v_before.epoch then 'gap_between_seals'
      when v_rows.row_count < v_seal.row_count then 'rows_missing'
      when v_rows.row_count > v_seal.row_count then 'rows_added'
      when v_seal.digest <> app.digest_seal(v_seal, coalesce(v_before.digest, ''), v_rows.digest) then 'rows_or_seal_changed'
    end;
    if v_reason is not null then
      return jsonb_build_object('is_sound', false, 'broken_at', v_before.number + 1, 'reason', v_reason, 'rows', v_checked);
    end if;
    v_checked := v_checked + v_seal.row_count;
    v_before := v_seal;
  end loop;

  if v_seal.number > v_before.number then
    return jsonb_build_object('is_sound', true, 'checked_until', v_before.number, 'rows', v_checked, 'continue_after', v_before.number);
  end if;
  select u.row_count, u.since into v_unsealed from app.unsealed(p_tenant_id) as u;
  v_reason := case
    when v_before.number < coalesce(v_head.number, 0) then 'tail_cut'
    when v_before.number > coalesce(v_head.number, 0) or coalesce(v_before.digest, '') <> coalesce(v_head.digest, '') then 'head_changed'
    when app.rows_outside_seals(p_tenant_id) then 'rows_added'
    when v_unsealed.since < app.now() - c_grace then 'seal_overdue'
  end;
  return jsonb_strip_nulls(jsonb_build_object(
    'is_sound', v_reason is null, 'broken_at', case when v_reason <> 'seal_overdue' then v_before.number + 1 end, 'reason', v_reason,
    'checked_until', v_before.number, 'rows', v_checked, 'head', encode(v_before.digest, 'hex'),
    'unsealed_rows', v_unsealed.row_count, 'unsealed_since', v_unsealed.since, 'grace_seconds', extract(epoch from c_grace)::integer));
end
$$;

alter function app.verify_audit(uuid, bigint) owner to auditor;
comment on function app.verify_audit(uuid, bigint) is
  'Reckons each seal after p_after anew from its rows and says which is the first that does not agree: {is_sound, broken_at, reason, checked_until, rows, head, unsealed_rows, unsealed_since, grace_seconds, continue_after}. A row that has waited for its seal longer than the grace is as bad: nothing would show that it was changed.';
revoke all on function app.verify_audit(uuid, bigint) from public;
grant execute on function app.verify_audit(uuid, bigint) to engine;
