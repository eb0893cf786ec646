-- digest_seal: the digest that a seal must carry.
-- may:      called by seal_tenant and verify_audit
-- refuses:  nothing
-- then:     nothing
create or replace function app.digest_seal(p_seal public.audit_seals, p_before bytea, p_rows bytea)
returns bytea
language sql
stable
set search_path = ''
as $$
  select sha256(p_before || convert_to(jsonb_build_array(
    (p_seal).tenant_id, (p_seal).number, (p_seal).epoch, (p_seal).from_xid::text, (p_seal).until_xid::text, (p_seal).row_count,
    extract(epoch from (p_seal).sealed_at))::text, 'UTF8') || p_rows)
$$;

alter function app.digest_seal(public.audit_seals, bytea, bytea) owner to auditor;
comment on function app.digest_seal(public.audit_seals, bytea, bytea) is 'sha256 of the digest before it, the seal''s own row and what app.digest_rows says of its rows.';
