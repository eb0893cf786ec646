-- audit_verify: whether the audit log is still what was written.
-- may:      hotel:audit:read
-- refuses:  permission_missing
-- then:     nothing
create or replace function api.audit_verify(p_after bigint default 0, p_noted_head text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:audit:read');
  perform app.require_all_properties();
  return app.verify_audit(app.tenant_id(), p_after)
    || case when p_noted_head is null then '{}'
            else jsonb_build_object('noted_head_is_in_the_chain', exists (
              select from public.audit_seals as s
              where s.tenant_id = app.tenant_id() and encode(s.digest, 'hex') = lower(btrim(p_noted_head)))) end;
end
$$;

alter function api.audit_verify(bigint, text) owner to engine;
comment on function api.audit_verify(bigint, text) is
  'The first broken link, a cut tail too: {is_sound, broken_at, reason, checked_until, rows, head, unsealed_rows, unsealed_since, grace_seconds}. Rows under no seal are counted; when the oldest has waited longer than the grace, an hour, the log is not sound: seal_overdue. A long chain is answered in parts: go on with p_after = continue_after. A head that was noted outside the database and is no longer in the chain shows that the whole chain was written anew.';
revoke all on function api.audit_verify(bigint, text) from public;
grant execute on function api.audit_verify(bigint, text) to staff, admin;
