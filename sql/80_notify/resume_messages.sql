-- resume_messages: who had said STOP wants to hear again.
-- may:      called by obey_stop
-- refuses:  nothing
-- then:     what suppressed the address is lifted, and the consent to messages about the stay is kept
create or replace function app.resume_messages(p_address text, p_proof jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update notify.suppressions as s
  set lifted_at = app.now()
  where s.tenant_id = app.tenant_id() and s.address = p_address and s.lifted_at is null;
  perform app.keep_consent(app.tenant_id(), null, p_address, 'stay_service', true, 'whatsapp', p_proof);
end
$$;

comment on function app.resume_messages(text, jsonb) is 'START lifts every suppression of the address, the provider''s too: the provider takes the same word. Marketing needs a consent of its own.';
