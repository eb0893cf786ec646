-- setting_kinds: what a hotel may set about itself, with type, bounds and what holds unless it does.
-- its body is bound when it is made: viewers may read the list of request types, but look nothing up in its schema
create or replace function app.setting_kinds()
returns table (key text, is_of_property boolean, kind text, lowest integer, highest integer, default_value jsonb, label jsonb)
language sql
stable
begin atomic
  select k.key, k.is_of_property, k.kind, k.lowest, k.highest, k.default_value, k.label
  from (values
    ('check_in_requires_ready_room', true, 'boolean', null, null, 'true'::jsonb,
     '{"en": "A guest is only given a room that is clean", "es": "Al huésped solo se le da una habitación limpia"}'::jsonb),
    ('staff_signs_in_by_email', true, 'boolean', null, null, 'true',
     '{"en": "Staff may sign in by e-mail, without their badge", "es": "El personal puede entrar con su correo, sin su credencial"}'),
    ('quiet_hours', true, 'hours', null, null, null,
     '{"en": "Quiet hours: what is not urgent reaches guests afterwards", "es": "Horas de silencio: lo que no es urgente llega a los huéspedes después"}'),
    ('undo_seconds', true, 'integer', 0, 60, '10',
     '{"en": "Seconds for which an action can be undone, before the guest hears of it", "es": "Segundos en que se puede deshacer una acción, antes de que el huésped lo sepa"}'),
    ('mails_receipts', true, 'boolean', null, null, 'true',
     '{"en": "Guests whose address is known get the receipt of a payment by mail", "es": "El huésped con correo conocido recibe por correo el recibo de cada pago"}'),
    ('unheard:text_after_minutes', true, 'integer', 0, 1440, '15',
     '{"en": "Minutes until what cannot wait goes by SMS too, where WhatsApp says nothing of its arrival (0: never)", "es": "Minutos hasta enviar también por SMS lo que no puede esperar, si WhatsApp no confirma la entrega (0: nunca)"}'),
    ('unheard:tell_after_hours', true, 'integer', 0, 48, '6',
     '{"en": "Hours until reception sees that a guest''s phone has not got a message (0: never)", "es": "Horas hasta que recepción ve que un mensaje no ha llegado al teléfono de un huésped (0: nunca)"}'),
    ('invoice:address', true, 'text', 1, 300, null,
     '{"en": "Address on bills, where it is not the hotel''s", "es": "Dirección en las cuentas, si no es la del hotel"}'),
    ('invoice:tax_number', true, 'text', 1, 100, null,
     '{"en": "Tax number on bills, as it is to be printed: NTN 1234567-8", "es": "Número fiscal en las cuentas, tal como se imprime: NIF B12345678"}'),
    ('cleaning_time', true, 'time', null, null, '"10:00"',
     '{"en": "Rooms are cleaned daily around", "es": "Las habitaciones se limpian a diario hacia las"}'),
    ('cleaning_hours', true, 'hours', null, null, '{"from": "08:00", "until": "18:00"}',
     '{"en": "When a guest may want the room cleaned", "es": "A qué horas puede un huésped querer la limpieza"}'),
    ('late_checkout:percent', true, 'integer', 0, 100, '50',
     '{"en": "Late check-out costs, in percent of a night", "es": "La salida tardía cuesta, en porcentaje de una noche"}'),
    ('late_checkout:until_hour', true, 'integer', 1, 23, '18',
     '{"en": "Late check-out until, at the latest (hour)", "es": "Salida tardía como máximo hasta (hora)"}'),
    ('early_checkin:percent', true, 'integer', 0, 100, '50',
     '{"en": "Early check-in costs, in percent of a night", "es": "La entrada anticipada cuesta, en porcentaje de una noche"}'),
    ('early_checkin:from_hour', true, 'integer', 0, 22, '6',
     '{"en": "Early check-in from, at the soonest (hour)", "es": "Entrada anticipada desde, como pronto (hora)"}'),
    ('no_show:percent', true, 'integer', 0, 100, '100',
     '{"en": "A guest who does not come is charged, in percent of the first night (0: nothing)", "es": "Al huésped que no se presenta se le cobra, en porcentaje de la primera noche (0: nada)"}'),
    ('no_show:of_whole_stay', true, 'boolean', null, null, 'false',
     '{"en": "That percentage is of the whole stay", "es": "Ese porcentaje es de toda la estancia"}'),
    ('no_show:frees_nights', true, 'boolean', null, null, 'true',
     '{"en": "The nights of a guest who did not come can be sold again at once", "es": "Las noches de quien no se presenta pueden venderse de nuevo enseguida"}'),
    ('low_rating', true, 'integer', 0, 5, '2',
     '{"en": "Marks of guests that become a complaint: this one and those below", "es": "Notas de huéspedes que pasan a ser queja: esta y las inferiores"}'),
    ('qr_limits:address_per_minute', false, 'integer', 1, 1000, '10',
     '{"en": "Tries with QR codes a minute, from one address", "es": "Intentos con códigos QR por minuto, desde una dirección"}'),
    ('qr_limits:guest_per_minute', false, 'integer', 1, 1000, '5',
     '{"en": "Tries with QR codes a minute, for one guest", "es": "Intentos con códigos QR por minuto, para un huésped"}')
  ) as k (key, is_of_property, kind, lowest, highest, default_value, label)
  union all
  (select 'service_hours:' || t.slug, true, 'hours', null, null, null,
          jsonb_build_object('en', 'When guests can ask for: ' || (t.label ->> 'en'), 'es', 'Cuándo los huéspedes pueden pedir: ' || (t.label ->> 'es'))
   from portal.request_types as t
   where t.tenant_id = app.tenant_id() and t.feature is not null and t.is_offered
   order by t.position, t.slug)
  union all
  (select 'stuck_minutes:' || t.slug, true, 'integer', 0, 10080, to_jsonb(t.stuck_minutes),
          jsonb_build_object('en', 'Minutes until its team is told that nobody works on it (0: never): ' || (t.label ->> 'en'),
                             'es', 'Minutos hasta avisar al equipo de que nadie lo atiende (0: nunca): ' || (t.label ->> 'es'))
   from portal.request_types as t
   where t.tenant_id = app.tenant_id() and (t.is_offered or t.slug = 'task')
   order by t.position, t.slug);
end;

comment on function app.setting_kinds() is
  'The one list of them, in the order they are shown. kind boolean, integer (lowest to highest), text (so many letters, on one line), time "10:00" or hours: {"from": "07:00", "until": "23:00"}, local, over midnight too; no default: at any hour, or no text. Those not of a property hold for the whole hotel. Retention and jobs have commands of their own.';
select app.grant_to_readers('app.setting_kinds()');
