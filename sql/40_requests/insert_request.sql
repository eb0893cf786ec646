-- insert_request: the request and its lines, with a number people can say.
-- may:      called by whatever makes one request: commands, triggers, and what a guest writes
-- refuses:  input_invalid
-- then:     the property's counter is locked until commit
create or replace function app.insert_request(
  p_request jsonb,
  p_property_id uuid,
  p_booking_id uuid,
  p_room_id uuid,
  p_type portal.request_types,
  p_inputs jsonb,
  p_basket jsonb,
  p_source text default null
)
returns portal.requests
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request portal.requests;
  v_number integer;
  v_is_guest boolean := app.session_role() = 'guest';
begin
  if coalesce(p_request ->> 'priority', 'normal') not in ('low', 'normal', 'high', 'urgent') then
    raise exception 'The priority is unknown.' using errcode = 'PT422', detail = 'input_invalid', hint = 'priority must be one of low, normal, high, urgent.';
  end if;

  insert into portal.number_counters as c (tenant_id, property_id, last_number)
  values (app.tenant_id(), p_property_id, 1001)
  on conflict (tenant_id, property_id) do update set last_number = c.last_number + 1
  returning c.last_number into v_number;

  insert into portal.requests (
    tenant_id, property_id, number, request_type_id, workflow_version_id, type_slug, subtype, booking_id, guest_id, room_id,
    title, note, status, phase, priority, severity, scheduled_for, assignee_id, details, currency, tax_mode,
    subtype_price, subtype_taxes, total, source, created_by, on_behalf_of, last_actor_name, created_at, updated_at)
  select
    app.tenant_id(), p_property_id, p.code || '-' || v_number, p_type.id, p_type.current_version_id, p_type.slug,
    p_request ->> 'subtype', p_booking_id, (select b.guest_id from public.bookings as b where b.tenant_id = p.tenant_id and b.id = p_booking_id), p_room_id,
    app.title_of_request(p_request || p_inputs, p_type, p_basket, p.time_zone), nullif(btrim(p_request ->> 'note'), ''), 'new', 'open',
    case when v_is_guest then case when p_inputs ->> 'severity' = 'urgent' then 'urgent' else 'normal' end
         else coalesce(p_request ->> 'priority', 'normal') end,
    p_inputs ->> 'severity', (p_inputs ->> 'scheduled_for')::timestamptz, (p_inputs ->> 'assignee')::uuid,
    p_inputs - '{severity,scheduled_for,assignee}'::text[], p_basket ->> 'currency', p_basket ->> 'tax_mode',
    (p_basket ->> 'subtype_price')::numeric, p_basket -> 'subtype_taxes', (p_basket ->> 'total')::numeric,
    case when p_source is not null then p_source when app.is_agent() then 'ai_agent' when v_is_guest then 'portal' when app.session_role() = 'kiosk' then 'kiosk' else 'staff' end,
    app.actor_id(), case when not v_is_guest then p_booking_id end, app.actor_name(), app.now(), app.now()
  from public.properties as p
  where p.tenant_id = app.tenant_id() and p.id = p_property_id
  returning * into v_request;

  insert into portal.request_lines (tenant_id, request_id, item_id, line_number, sku, name, quantity, unit_price, currency, taxes,
                                    is_complimentary, charge_category)
  select v_request.tenant_id, v_request.id, (l.value ->> 'item_id')::uuid, l.ordinality, l.value ->> 'sku', l.value -> 'name',
         (l.value ->> 'quantity')::integer, (l.value ->> 'unit_price')::numeric, v_request.currency, l.value -> 'taxes',
         (l.value ->> 'is_complimentary')::boolean, l.value ->> 'charge_category'
  from jsonb_array_elements(p_basket -> 'lines') with ordinality as l;
  return v_request;
end
$$;

comment on function app.insert_request(jsonb, uuid, uuid, uuid, portal.request_types, jsonb, jsonb, text) is 'Writes the request row and its lines; the workflow trigger sets the first status and its history. p_source: of the system''s own work; else it follows from who asks.';
