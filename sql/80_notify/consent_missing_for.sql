-- consent_missing_for: which consent a message would need and has not.
create or replace function app.consent_missing_for(p_tenant_id uuid, p_address text, p_category text, p_is_answer boolean)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_is_answer then
    return null;
  elsif p_category = 'marketing' then
    return case when app.has_consented(p_tenant_id, p_address, 'marketing') is distinct from true then 'no_consent_to_marketing' end;
  end if;
  return case when not app.has_consented(p_tenant_id, p_address, 'stay_service') then 'no_consent_to_stay_service' end;
end
$$;

comment on function app.consent_missing_for(uuid, text, text, boolean) is
  'no_consent_to_marketing unless it was given; no_consent_to_stay_service only where it was taken back; null: none is missing.';
