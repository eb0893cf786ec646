-- add_departure_cleaning: a room that somebody has left is cleaned.
-- may:      called where a guest checks out or moves
-- refuses:  nothing
-- then:     one open cleaning request of the room, which no guest hears of
create or replace function app.add_departure_cleaning(p_property_id uuid, p_room_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_type portal.request_types;
  v_property public.properties;
  v_request portal.requests;
begin
  select t.* into v_type from portal.request_types as t where t.tenant_id = app.tenant_id() and t.slug = 'cleaning' and t.current_version_id is not null;
  select p.* into v_property from public.properties as p where p.tenant_id = app.tenant_id() and p.id = p_property_id;
  if v_type.id is null or p_room_id is null or exists (
       select from portal.requests as r
       where r.tenant_id = app.tenant_id() and r.room_id = p_room_id and r.type_slug = 'cleaning' and r.subtype = 'post_checkout' and r.phase <> 'closed') then
    return;
  end if;
  v_request := app.insert_request(
    '{"subtype": "post_checkout"}', p_property_id, null, p_room_id, v_type, '{}',
    jsonb_build_object('lines', '[]'::jsonb, 'total', 0, 'currency', v_property.currency, 'tax_mode', v_property.tax_mode, 'subtype_taxes', '[]'::jsonb),
    'post_checkout');
  perform app.start_request(v_request);
end
$$;

comment on function app.add_departure_cleaning(uuid, uuid) is 'Subtype post_checkout, source post_checkout. A room that waits for one already gets no second.';
