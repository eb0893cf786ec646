-- forget_qr_codes: codes that have opened nothing for long are gone.
create or replace function app.forget_qr_codes(p_before timestamptz, p_limit integer)
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count integer;
begin
  -- a session that came by a code keeps it for as long as it is kept itself
  delete from identity.qr_tokens as q
  where q.tenant_id = app.tenant_id() and q.id in (
    select o.id
    from identity.qr_tokens as o
    where o.tenant_id = app.tenant_id() and least(o.used_at, o.revoked_at, o.expires_at) < p_before
      and not exists (select from identity.sessions as s where s.tenant_id = o.tenant_id and s.qr_token_id = o.id)
    order by o.id
    limit p_limit);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.forget_qr_codes(timestamptz, integer) is 'QR codes used up, revoked or over before an instant; one that is used again and again or never ends stays.';
