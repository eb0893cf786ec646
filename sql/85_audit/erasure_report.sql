-- erasure_report: what was erased, what stays, and why.
-- may:      called by make_guest_nobody and explain_erasure
-- refuses:  nothing
-- then:     nothing
create or replace function app.erasure_report(
  p_guest_id uuid,
  p_booking_ids uuid[],
  p_request_ids uuid[],
  p_message_ids uuid[],
  p_entries bigint
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'guest_id', g.id,
    'erased_at', g.erased_at,
    'stays', (
      select jsonb_agg(jsonb_build_object('what', k.what, 'count', k.count, 'reason', app.label(k.reason)) order by k.place)
      from (values
        (1, 'bookings', cardinality(p_booking_ids)::bigint,
         '{"en": "Dates, room and price, without a person: the folio hangs on them, and so do the house''s figures.",
           "es": "Fechas, habitación y precio, sin persona: de ellas dependen la cuenta y las cifras de la casa."}'::jsonb),
        (2, 'charges', (select count(*) from public.folios as f
                        join public.charges as c on c.tenant_id = f.tenant_id and c.folio_id = f.id
                        where f.tenant_id = app.tenant_id() and f.booking_id = any (p_booking_ids)),
         '{"en": "Invoices are kept as the law asks; a posting is never changed.",
           "es": "Las facturas se conservan como exige la ley; un cargo nunca se modifica."}'::jsonb),
        (3, 'invoices', (select count(*) from public.folios as f
                         where f.tenant_id = app.tenant_id() and f.booking_id = any (p_booking_ids) and f.recipient <> '{}'),
         '{"en": "An invoice that was issued keeps the name it was issued to, until its time of keeping is over.",
           "es": "Una factura emitida conserva el nombre a quien se emitió, hasta que acabe su plazo de conservación."}'::jsonb),
        (4, 'requests', cardinality(p_request_ids)::bigint,
         '{"en": "What was done and when, without words and names.",
           "es": "Qué se hizo y cuándo, sin palabras ni nombres."}'::jsonb),
        (5, 'messages', cardinality(p_message_ids)::bigint,
         '{"en": "That a message was sent, not to whom nor what it said.",
           "es": "Que se envió un mensaje, no a quién ni qué decía."}'::jsonb),
        (6, 'audit_entries', p_entries,
         '{"en": "That something was changed, by whom and when. What tells about the guest can no longer be read: its key is destroyed.",
           "es": "Que algo se modificó, quién y cuándo. Lo que revela al huésped ya no puede leerse: su clave se ha destruido."}'::jsonb),
        (7, 'codes', (select count(*) from portal.codes as o where o.tenant_id = app.tenant_id() and o.booking_id = any (p_booking_ids)),
         '{"en": "A code opens nothing any more and is never given again.",
           "es": "El código ya no abre nada y nunca vuelve a asignarse."}'::jsonb)
      ) as k (place, what, count, reason)
      where k.count > 0))
  from public.guests as g
  where g.tenant_id = app.tenant_id() and g.id = p_guest_id
$$;

comment on function app.erasure_report(uuid, uuid[], uuid[], uuid[], bigint) is
  '{guest_id, erased_at, stays: [{what, count, reason}]}, reasons in the caller''s language. Backups made before hold the guest until they are replaced.';
