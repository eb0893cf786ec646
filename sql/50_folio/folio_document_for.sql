-- folio_document_for: a bill for a mail, asked by the worker for the tenant of its message.
-- may:      the worker
-- refuses:  nothing
-- then:     the transaction speaks for that tenant
create or replace function app.folio_document_for(p_tenant_id uuid, p_folio_id uuid, p_language text)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.set_caller(p_tenant_id);
  return app.folio_document(p_folio_id, p_language);
end
$$;

comment on function app.folio_document_for(uuid, uuid, text) is 'app.folio_document of that tenant''s folio; null when there is none.';
revoke all on function app.folio_document_for(uuid, uuid, text) from public;
grant execute on function app.folio_document_for(uuid, uuid, text) to service;
