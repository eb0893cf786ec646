-- resolve_refresh_token: from a browser's secret to a tenant and a session.
-- definer because no tenant is known yet; owned by resolver, which sees nothing else.
create or replace function app.resolve_refresh_token(p_digest bytea)
returns table (tenant_id uuid, session_id uuid)
language sql
stable
security definer
set search_path = ''
as $$
  select t.tenant_id, t.session_id
  from identity.refresh_tokens as t
  where t.digest = p_digest
$$;

alter function app.resolve_refresh_token(bytea) owner to resolver;
comment on function app.resolve_refresh_token(bytea) is 'Tenant and session of a refresh secret, given as sha256. Used and expired ones are found too: what that means is the caller''s question.';
