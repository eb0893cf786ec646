-- beds24_health: how each property that uses Beds24 stands with it, for whoever looks after the machine.
-- real clock: tokens and sweeps
create or replace function app.beds24_health()
returns table (tenant text, property_code text, trouble text, swept_at timestamptz, token_until timestamptz)
language sql
stable
set search_path = ''
as $$
  select t.slug, p.code,
         case
           when a.state = 'refused' then a.problem
           when a.state = 'invited' and a.failures >= 3 then 'not_let_in'
           when a.state = 'connected' and a.refresh_used_at < clock_timestamp() - interval '20 days' then 'token_ends'
           when a.state = 'connected' and coalesce(a.swept_at, a.refresh_used_at) < clock_timestamp() - interval '1 hour' then 'not_swept'
         end,
         a.swept_at, a.refresh_used_at + interval '30 days'
  from notify.beds24_access as a
  join notify.beds24_connections as c on c.tenant_id = a.tenant_id and c.id = a.connection_id
  join public.properties as p on p.tenant_id = c.tenant_id and p.id = c.property_id
  join public.tenants as t on t.id = c.tenant_id
  where a.state <> 'off'
  order by t.slug, p.code
$$;

comment on function app.beds24_health() is
  'One row for each connection that is not off. trouble: why it was refused (as beds24_access.problem), not_let_in (invited, and three tries in vain), token_ends (unused for 20 of its 30 days; the worker renews it each 7), not_swept (not for an hour; it is due each 10 minutes); null: none.';
revoke all on function app.beds24_health() from public, engine;
grant execute on function app.beds24_health() to service;
