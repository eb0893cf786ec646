-- guest_holdings: what the hotel holds of a guest, counted by class.
create or replace function app.guest_holdings(p_guest public.guests, p_booking_ids uuid[], p_request_ids uuid[], p_message_ids uuid[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('what', k.what, 'label', app.label(k.label), 'count', k.count) order by k.place)
  from (values
    (1, 'profile', (select count(*) from unnest(app.personal_columns('public.guests')) as c (name)
                    where p_guest.erased_at is null and to_jsonb(p_guest) ->> c.name is not null),
     '{"en": "Name, contact data and notes", "es": "Nombre, datos de contacto y notas"}'::jsonb),
    (2, 'bookings', cardinality(p_booking_ids)::bigint, '{"en": "Bookings", "es": "Reservas"}'::jsonb),
    (3, 'charges', (select count(*) from public.folios as f
                    join public.charges as c on c.tenant_id = f.tenant_id and c.folio_id = f.id
                    where f.tenant_id = app.tenant_id() and f.booking_id = any (p_booking_ids)),
     '{"en": "Charges on folios", "es": "Cargos en cuentas"}'::jsonb),
    (4, 'invoices', (select count(*) from public.folios as f
                     where f.tenant_id = app.tenant_id() and f.booking_id = any (p_booking_ids) and f.recipient <> '{}'),
     '{"en": "Invoices issued", "es": "Facturas emitidas"}'::jsonb),
    (5, 'requests', cardinality(p_request_ids)::bigint, '{"en": "Requests", "es": "Solicitudes"}'::jsonb),
    (6, 'comments', (select count(*) from portal.request_comments as c
                     where c.tenant_id = app.tenant_id() and c.request_id = any (p_request_ids) and c.body <> '•••'),
     '{"en": "Comments on requests", "es": "Comentarios en solicitudes"}'::jsonb),
    (7, 'messages', cardinality(p_message_ids)::bigint, '{"en": "Messages", "es": "Mensajes"}'::jsonb),
    (8, 'devices', (select count(*) from identity.seen_devices as d
                    where d.tenant_id = app.tenant_id() and d.booking_id = any (p_booking_ids)),
     '{"en": "Known devices", "es": "Dispositivos conocidos"}'::jsonb),
    (9, 'audit_entries', (select count(*) from public.audit_log as a where a.tenant_id = app.tenant_id() and a.guest_id = p_guest.id),
     '{"en": "Entries of the audit log", "es": "Entradas del registro de auditoría"}'::jsonb),
    (10, 'codes', (select count(*) from portal.codes as o where o.tenant_id = app.tenant_id() and o.booking_id = any (p_booking_ids)),
     '{"en": "Portal codes", "es": "Códigos del portal"}'::jsonb)
  ) as k (place, what, count, label)
$$;

comment on function app.guest_holdings(public.guests, uuid[], uuid[], uuid[]) is
  '[{what, label, count}], labels in the caller''s language; what stays after an erasure is named alike in app.erasure_report.';
