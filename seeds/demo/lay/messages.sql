-- What guests wrote on WhatsApp, from the transaction's setting seed.data (a list of messages), received as any other is.
-- Once for each hotel, and answered. A picture lies where demo pictures are put: seed.py. The development clock goes back for each and returns at the end.
do $$
declare
  v_shift interval;
  v_entry record;
  v_sid text;
  v_request_id uuid;
begin
  select c.shift into v_shift from app.clock as c for update;

  for v_entry in
    select e.value as plan, t.id as tenant_id, s.address as hotel
    from jsonb_array_elements(current_setting('seed.data')::jsonb) with ordinality as e
    join public.tenants as t on t.slug = e.value ->> 'tenant'
    join notify.senders as s on s.tenant_id = t.id and s.channel = 'whatsapp'
    where not exists (select from notify.inbound_messages as m where m.tenant_id = t.id)
    order by e.ordinality
  loop
    v_sid := 'SM' || md5(v_entry.plan::text);
    update app.clock set shift = v_shift - make_interval(mins => (v_entry.plan ->> 'minutes_ago')::integer);
    perform app.receive_message(
      v_entry.hotel, v_entry.plan ->> 'phone', v_sid, v_entry.plan ->> 'body',
      case when v_entry.plan ? 'picture'
           then jsonb_build_array(jsonb_build_object('url', 'https://pictures.example/' || (v_entry.plan ->> 'picture'), 'type', 'image/png'))
           else '[]' end);
    select m.request_id into v_request_id from notify.inbound_messages as m where m.tenant_id = v_entry.tenant_id and m.provider_id = v_sid;
    update portal.request_attachments as a
    set state = 'kept', kept_at = app.now(), next_try_at = null
    where a.tenant_id = v_entry.tenant_id and a.request_id = v_request_id and a.state = 'waiting';

    if v_entry.plan ? 'answer' then
      update app.clock set shift = v_shift - make_interval(mins => (v_entry.plan #>> '{answer,minutes_ago}')::integer);
      perform app.act_as_member(v_entry.plan #>> '{answer,member}');
      perform api.add_request_comment(v_request_id, v_entry.plan #>> '{answer,body}', false);
      -- it was read long ago: no provider of today has the words that it answers
      update public.notification_log as n
      set state = 'read', provider_id = 'SM' || md5(n.id::text), sent_at = app.now(), delivered_at = app.now(), read_at = app.now()
      where n.tenant_id = v_entry.tenant_id and n.request_id = v_request_id and n.event_key = 'reply';
    end if;
  end loop;

  update app.clock set shift = v_shift;
end
$$;
