-- set_origins: where the tenant's kiosks and widgets are served from.
-- may:      hotel:settings:write
-- refuses:  whole_tenant_only, input_invalid, origin_is_https_or_this_machine
-- then:     browsers on those pages may read the API's answers and show the portal in a frame; nobody else's may
create or replace function api.set_origins(p_origins jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:settings:write');
  if not app.sees_all_properties() then
    raise exception 'Origins hold for every property of the hotel.'
      using errcode = 'PT403', detail = 'whole_tenant_only', hint = 'Ask somebody who works at all of them.';
  end if;
  if (case when jsonb_typeof(p_origins) = 'array'
          then jsonb_array_length(p_origins) > 20
               or exists (select from jsonb_array_elements(p_origins) as p
                          where jsonb_typeof(p -> 'origin') is distinct from 'string' or coalesce(p ->> 'kind', '') not in ('kiosk', 'widget'))
          else true end) then
    raise exception 'Origins cannot be read.'
      using errcode = 'PT422', detail = 'input_invalid', hint = 'Send [{"origin": "https://kiosk.hotel.example", "kind": "kiosk"}], 20 at most; kind is kiosk or widget.';
  end if;

  -- lock
  perform from public.tenants as t where t.id = app.tenant_id() for no key update;
  delete from public.tenant_origins as o
  where o.tenant_id = app.tenant_id()
    and not exists (select from jsonb_array_elements(p_origins) as p where rtrim(lower(p ->> 'origin'), '/') = o.origin);
  insert into public.tenant_origins (tenant_id, origin, kind, created_at)
  select distinct on (1, 2) app.tenant_id(), rtrim(lower(p ->> 'origin'), '/'), p ->> 'kind', app.now()
  from jsonb_array_elements(p_origins) as p
  on conflict (tenant_id, origin) do update set kind = excluded.kind where tenant_origins.kind <> excluded.kind;
  return (select coalesce(jsonb_agg(jsonb_build_object('origin', o.origin, 'kind', o.kind) order by o.origin), '[]')
          from public.tenant_origins as o
          where o.tenant_id = app.tenant_id());
exception
  when check_violation then
    raise exception 'An origin is a scheme, a host and perhaps a port.'
      using errcode = 'PT422', detail = 'origin_is_https_or_this_machine', hint = 'Write it like https://kiosk.hotel.example, without a path.';
end
$$;

alter function api.set_origins(jsonb) owner to engine;
comment on function api.set_origins(jsonb) is
  'Replaces the list of kiosk and widget origins: [{"origin", "kind"}]. The same again changes nothing.';
revoke all on function api.set_origins(jsonb) from public;
grant execute on function api.set_origins(jsonb) to staff, admin;
