-- resolve_tried_tenants: from an address to the hotels whose accounts were tried from there.
-- definer because no tenant is known yet; owned by resolver, which sees nothing else.
create or replace function app.resolve_tried_tenants(p_address text, p_since timestamptz)
returns table (tenant_id uuid, failures bigint)
language sql
stable
security definer
set search_path = ''
as $$
  select a.tenant_id, count(*)
  from identity.login_attempts as a
  where a.address = p_address and a.outcome = 'refused' and a.at >= p_since
  group by a.tenant_id
$$;

alter function app.resolve_tried_tenants(text, timestamptz) owner to resolver;
comment on function app.resolve_tried_tenants(text, timestamptz) is 'The hotels with wrong passwords from an address since an instant, and how many each. Says nothing of an account.';
