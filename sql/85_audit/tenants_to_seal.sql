-- tenants_to_seal: whose log has rows that are under no seal yet.
create or replace function app.tenants_to_seal()
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select t.id
  from public.tenants as t
  left join app.audit_heads as h on h.tenant_id = t.id
  left join public.audit_seals as s on s.tenant_id = h.tenant_id and s.number = h.number
  where exists (
    select from public.audit_log as a
    where a.tenant_id = t.id and (a.epoch, a.xid) >= (coalesce(s.epoch, 1), coalesce(s.until_xid, '0'::xid8)))
  order by t.id
$$;

alter function app.tenants_to_seal() owner to auditor;
comment on function app.tenants_to_seal() is 'One look into the index of each chain''s end: a minute in which nothing was written costs no more.';
revoke all on function app.tenants_to_seal() from public, engine;
