-- access_sentence: what a rule says of someone's access, in the viewer's language.
create or replace function app.access_sentence(p_key text, variadic p_values text[] default '{}')
returns text
language sql
stable
set search_path = ''
as $$
  select format(app.label(jsonb_build_object('en', t.en, 'es', t.es)), variadic p_values)
  from (values
    ('kind.guest', 'guests', 'huéspedes'),
    ('kind.staff', 'staff', 'personal'),
    ('kind.admin', 'managers', 'dirección'),
    ('kind.kiosk', 'kiosks', 'quioscos'),
    ('kind.platform', 'the platform', 'la plataforma'),
    ('kind.anon', 'visitors', 'visitantes'),
    ('session_type.passed', 'It is open to %1$s, and your session is one of them.', 'Está abierto a %1$s, y su sesión es una de ellas.'),
    ('session_type.failed', 'It is open to %1$s only; your session is of another kind.', 'Solo está abierto a %1$s; su sesión es de otro tipo.'),
    ('permission.passed', 'It needs %1$s; you have it by the role %2$s.', 'Requiere %1$s; lo tiene por el rol %2$s.'),
    ('permission.failed', 'It needs %1$s; none of your roles (%2$s) carries it. These do: %3$s.',
     'Requiere %1$s; ninguno de sus roles (%2$s) lo incluye. Estos sí: %3$s.'),
    ('permission.none', 'It needs no permission.', 'No requiere ningún permiso.'),
    ('property.passed', 'It is at %1$s, where you work.', 'Está en %1$s, donde usted trabaja.'),
    ('property.failed', 'It is at a property where you do not work.', 'Está en un establecimiento donde usted no trabaja.'),
    ('object.failed', 'There is nothing with this id that is yours to see.', 'No hay nada con este identificador que usted pueda ver.'),
    ('team.passed', 'It is work of the team %1$s; teams decide what is offered to you, not what you may do.',
     'Es trabajo del equipo %1$s; los equipos deciden lo que se le ofrece, no lo que puede hacer.'),
    ('workflow.passed', 'The workflow allows it while %1$s is "%2$s".', 'El flujo de trabajo lo permite mientras %1$s está en «%2$s».'),
    ('workflow.failed', 'The workflow does not allow it while %1$s is "%2$s".', 'El flujo de trabajo no lo permite mientras %1$s está en «%2$s».'),
    ('workflow.by', 'This step is not taken by %1$s.', 'Este paso no lo dan %1$s.'),
    ('level.passed', 'You have confirmed who you are.', 'Ha confirmado quién es.'),
    ('level.failed', 'Confirm who you are first: your last name, or the end of your phone number.',
     'Confirme antes quién es: su apellido o el final de su número de teléfono.'),
    ('level.depends', 'Where money or personal data is touched, confirm who you are first.',
     'Si afecta a dinero o datos personales, confirme antes quién es.'),
    ('agent.failed', 'The assistant may not do this, whoever asks it.', 'El asistente no puede hacerlo, lo pida quien lo pida.')
  ) as t (key, en, es)
  where t.key = p_key
$$;

comment on function app.access_sentence(text, text[]) is 'A sentence of explain_access with its values, in English or Spanish as the viewer reads.';
