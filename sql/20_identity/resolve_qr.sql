-- resolve_qr: from the secret in a QR code to a tenant and the code.
-- definer because no tenant is known yet; owned by resolver, which sees nothing else.
create or replace function app.resolve_qr(p_digest bytea)
returns table (tenant_id uuid, token_id uuid)
language sql
stable
security definer
set search_path = ''
as $$
  select t.tenant_id, t.id
  from identity.qr_tokens as t
  where t.digest = p_digest
$$;

alter function app.resolve_qr(bytea) owner to resolver;
comment on function app.resolve_qr(bytea) is 'Tenant and id of a QR code by the sha256 of its secret. Dead codes are found too: whether one lives is the caller''s question.';
