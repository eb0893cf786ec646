-- suppress_address: an address is not written to any more.
-- may:      called by obey_stop, record_callback and mark_failed
-- refuses:  nothing
-- then:     a suppression in force, once, and the consents it takes back
create or replace function app.suppress_address(p_tenant_id uuid, p_address text, p_reason text, p_code text, p_proof jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- a guest who was erased while the message was on its way has no address any more
  if p_address = '•••' then
    return;
  end if;
  insert into notify.suppressions (tenant_id, address, reason, code, since)
  values (p_tenant_id, p_address, p_reason, p_code, app.now())
  on conflict (tenant_id, address, reason) where lifted_at is null do nothing;
  perform app.keep_consent(p_tenant_id, null, p_address, c.scope, false, case when p_reason = 'stop' then 'whatsapp' else 'provider' end, p_proof)
  from unnest(case p_reason
                when 'provider_marketing' then array['marketing']
                when 'bounce' then array[]::text[] -- a mailbox that is not there takes nothing back
                else array['stay_service', 'marketing']
              end) as c (scope);
end
$$;

comment on function app.suppress_address(uuid, text, text, text, jsonb) is 'Suppresses a phone or mail address for one reason (stop, provider, provider_marketing, bounce). The same again changes nothing.';
