-- receipt_document_for: the bill that a payment stands on, for a mail, asked by the worker for the tenant of its message.
-- may:      the worker
-- refuses:  nothing
-- then:     the transaction speaks for that tenant
create or replace function app.receipt_document_for(p_tenant_id uuid, p_payment_id uuid, p_language text)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.set_caller(p_tenant_id);
  return (
    select app.folio_document(y.folio_id, p_language)
    from public.payments as y
    where y.tenant_id = p_tenant_id and y.id = p_payment_id);
end
$$;

comment on function app.receipt_document_for(uuid, uuid, text) is 'app.folio_document of the folio of that tenant''s payment; null when there is none.';
revoke all on function app.receipt_document_for(uuid, uuid, text) from public;
grant execute on function app.receipt_document_for(uuid, uuid, text) to service;
