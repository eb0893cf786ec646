-- not_reached_words: what reception reads of a guest whom no message reached, and what the guest should have read.
create or replace function app.not_reached_words(p_message public.notification_log, p_why text, p_language text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_said text;
begin
  select left(app.filled(coalesce(t.bodies ->> p_message.language, p_message.variables ->> 'body'), p_message.variables || '{"portal_url": "…"}'), 1500)
  into v_said
  from (select) as one
  left join notify.templates as t
    on t.tenant_id = p_message.tenant_id and t.key = p_message.template_key
    and t.channel = case when p_why = 'mail_refused' then 'email' else 'whatsapp' end;

  return concat_ws(e'\n', case when p_language = 'es' then
    case p_why
      when 'no_address' then 'No tenemos ni teléfono ni correo de este huésped: nada de lo que escribimos le llega. Díganselo en persona y pídanle un número.'
      when 'wants_none' then 'Este huésped no quiere recibir mensajes: nada de lo que escribimos sale. Díganselo en persona.'
      when 'mail_refused' then 'El correo de este huésped rechaza nuestros mensajes. Pídanle otra dirección.'
      else 'Ningún mensaje le llega: ni WhatsApp, ni SMS, ni correo. Díganselo en persona y revisen el teléfono.'
    end
  else
    case p_why
      when 'no_address' then 'We know neither a phone nor an e-mail address of this guest: nothing we write arrives. Tell them in person, and ask for a number.'
      when 'wants_none' then 'This guest wants no messages: nothing we write leaves. Tell them in person.'
      when 'mail_refused' then 'This guest''s mail server refuses our mails. Ask them for another address.'
      else 'No message gets through: not by WhatsApp, SMS or e-mail. Tell them in person, and check their number.'
    end
  end, '«' || v_said || '»');
end
$$;

comment on function app.not_reached_words(public.notification_log, text, text) is
  'In the property''s language why nothing arrives, then the message itself as the guest would have read it, without its link.';
