-- answer_stranger: a message to a number that is no guest's, in the property's language.
-- may:      called by receive_message and obey_stop
-- refuses:  nothing
-- then:     one queued row for its dedupe key; it says nothing about anybody
create or replace function app.answer_stranger(p_phone text, p_key text, p_dedupe text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_property record;
begin
  select p.id, p.default_language, t.hotel_name into v_property
  from public.properties as p
  join public.tenants as t on t.id = p.tenant_id
  where p.tenant_id = app.tenant_id() and p.is_default;

  perform app.queue_notification(
    'whatsapp', p_key, p_phone, p_key || ':' || p_dedupe, jsonb_build_object('property_name', v_property.hotel_name),
    p_key, (select case when m.bodies ? v_property.default_language then v_property.default_language else 'en' end
            from notify.templates as m where m.tenant_id = app.tenant_id() and m.channel = 'whatsapp' and m.key = p_key), v_property.id);
end
$$;

comment on function app.answer_stranger(text, text, text) is 'Queues template p_key, which names the hotel alone.';
