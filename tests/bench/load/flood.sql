-- bench.count messages that are due now, half WhatsApp, half Slack, spread over all houses and their teams' channels.

insert into public.notification_log (tenant_id, event_key, channel, recipient, template_key, language, variables, dedupe_key, send_after,
                                     property_id, booking_id, request_id)
select h.tenant_id, 'request_received', c.channel, case c.channel when 'slack' then s.slack_channel else g.phone end,
       case c.channel when 'whatsapp' then 'request_received' end, 'en',
       jsonb_build_object('request_number', h.code || '-' || n, 'number', h.code || '-' || n, 'title', '2 × Bath towel', 'request_title', '2 × Bath towel',
                          'room', h.room_number, 'room_number', h.room_number, 'guest_first_name', g.first_name, 'property_name', h.name,
                          'property_code', h.code, 'status_label', 'New', 'type_label', 'Towels & linen', 'team', s.key),
       format('flood:%s:%s:%s', current_setting('bench.flood'), c.channel, n), now(), h.property_id, h.booking_id, null
from generate_series(1, current_setting('bench.count')::integer / 2) as n
join (select row_number() over (order by b.number, b.tenant_id) - 1 as place, count(*) over () as houses,
             b.tenant_id, b.id as booking_id, b.guest_id, p.id as property_id, p.code, p.name, r.room_number
      from (select o.*, row_number() over (partition by o.tenant_id order by o.id) as number
            from public.bookings as o
            where o.checkin_status = 'CHECKED_IN') as b
      join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
      join public.rooms as r on r.tenant_id = b.tenant_id and r.id = b.room_id
      join public.tenants as t on t.id = b.tenant_id
      where t.slug like 'house-%') as h on h.place = n % h.houses
join public.guests as g on g.tenant_id = h.tenant_id and g.id = h.guest_id
join lateral (select x.key, x.slack_channel from notify.teams as x
              where x.tenant_id = h.tenant_id and x.property_id = h.property_id
              order by x.key offset n % 3 limit 1) as s on true
cross join (values ('whatsapp'), ('slack')) as c (channel);
