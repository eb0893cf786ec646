-- retention_classes: what is forgotten after some days, and how long each is kept unless a hotel says otherwise.
create or replace function app.retention_classes()
returns table (class text, is_of_property boolean, default_days integer, may_be_kept boolean, label jsonb)
language sql
immutable
set search_path = ''
as $$
  values
    ('request_words', true, 365, true,
     '{"en": "What guests wrote in their requests: notes, answers, comments", "es": "Lo que los huéspedes escribieron en sus solicitudes: notas, respuestas, comentarios"}'::jsonb),
    ('messages', true, 90, true,
     '{"en": "To whom messages went and what they said", "es": "A quién se enviaron los mensajes y qué decían"}'::jsonb),
    -- the longest that a tax or commercial law near us asks for; Spain's asks for six years, Pakistan's too
    ('invoices', true, 3650, true,
     '{"en": "To whom invoices were issued, also after an erasure: tax law asks for it", "es": "A nombre de quién se emitieron las facturas, también tras un borrado: lo exige la ley fiscal"}'::jsonb),
    ('devices', true, 30, false,
     '{"en": "Guests'' devices, known since their stay", "es": "Dispositivos de huéspedes, conocidos desde su estancia"}'::jsonb),
    ('sessions', false, 30, false,
     '{"en": "Sessions that are over", "es": "Sesiones terminadas"}'::jsonb),
    ('login_attempts', false, 180, false,
     '{"en": "Sign-ins of members, right and wrong", "es": "Inicios de sesión del personal, correctos e incorrectos"}'::jsonb),
    ('notices', false, 90, false,
     '{"en": "Notices to members that they have dismissed", "es": "Avisos al personal, ya descartados"}'::jsonb),
    ('qr_codes', false, 90, false,
     '{"en": "QR codes used up, expired or revoked", "es": "Códigos QR usados, caducados o revocados"}'::jsonb),
    ('idempotency_keys', false, 7, false,
     '{"en": "Answers kept in case a call comes twice", "es": "Respuestas guardadas por si una llamada llega dos veces"}'::jsonb),
    ('guests', false, null, true,
     '{"en": "Guests who have not come back, with name and contact data", "es": "Huéspedes que no han vuelto, con nombre y datos de contacto"}'::jsonb)
$$;

comment on function app.retention_classes() is
  'The one list of them, in the order they are shown. Those of a property are set at each, the others for the whole hotel. Null days: kept for ever, which may_be_kept allows. app.forget_<class> does the forgetting.';
