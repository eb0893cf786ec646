-- suppression_of: why an address is not written to.
create or replace function app.suppression_of(p_tenant_id uuid, p_address text, p_category text, p_is_answer boolean)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select 'suppressed_by_' || s.reason
    from notify.suppressions as s
    where s.tenant_id = p_tenant_id and s.address = p_address and s.lifted_at is null
      and case s.reason
            when 'stop' then not p_is_answer
            when 'provider_marketing' then p_category = 'marketing'
            else true
          end
    order by s.reason
    limit 1);
end
$$;

comment on function app.suppression_of(uuid, text, text, boolean) is
  'suppressed_by_stop, suppressed_by_provider, suppressed_by_provider_marketing or suppressed_by_bounce; null: it may be written to. After STOP direct answers to what the guest writes still leave.';
