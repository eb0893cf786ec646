-- Requests first … last (settings bench.first, bench.last) of bench.requests in all, dealt out to the houses in turn, as a year would
-- have made them. The last bench.open of each house are still to be worked on.

create temporary table house_list on commit drop as
select row_number() over (order by t.slug) - 1 as place, p.tenant_id, p.id as property_id, p.code,
       (select array_agg(b.id order by b.id) from public.bookings as b where b.tenant_id = t.id and b.checkin_status = 'CHECKED_OUT') as past,
       (select array_agg(b.id order by b.id) from public.bookings as b where b.tenant_id = t.id and b.checkin_status = 'CHECKED_IN') as present,
       m.id as member_id, m.display_name
from public.tenants as t
join public.properties as p on p.tenant_id = t.id
join identity.memberships as m on m.tenant_id = t.id
where t.slug like 'house-%';

create temporary table kinds (share integer, slug text, mid text, done text) on commit drop;
insert into kinds values (0, 'housekeeping', 'acknowledged', 'done'), (1, 'housekeeping', 'in_progress', 'done'), (2, 'housekeeping', 'new', 'done'),
  (3, 'kitchen_fnb', 'confirmed', 'delivered'), (4, 'kitchen_fnb', 'new', 'delivered'), (5, 'maintenance', 'triaged', 'done'),
  (6, 'maintenance', 'new', 'done'), (7, 'concierge', 'new', 'done'), (8, 'concierge', 'in_progress', 'done'), (9, 'mini_shop', 'confirmed', 'delivered');

create temporary table born on commit drop as
select i, h.tenant_id, app.new_id() as id, h.property_id, h.code, t.id as type_id, t.current_version_id as version_id, k.slug, k.mid, k.done,
       o.is_open, h.member_id, h.display_name, t.guest_label as title,
       case when o.is_open then h.present[1 + i / x.houses % cardinality(h.present)] else h.past[1 + i / x.houses % cardinality(h.past)] end as booking_id,
       x.houses,
       case when o.is_open then now() - interval '8 hours' * (current_setting('bench.requests')::integer - i) / (x.houses * x.open_each)
            else now() - interval '1 day' - interval '364 days' * (current_setting('bench.requests')::integer - i) / current_setting('bench.requests')::integer
       end as created_at
from generate_series(current_setting('bench.first')::integer, current_setting('bench.last')::integer) as i
cross join (select count(*)::integer as houses, current_setting('bench.open')::integer as open_each from house_list) as x
join house_list as h on h.place = i % x.houses
join kinds as k on k.share = (hashint4(i) & 65535) % 10
join portal.request_types as t on t.tenant_id = h.tenant_id and t.slug = k.slug
cross join lateral (select i > current_setting('bench.requests')::integer - x.houses * x.open_each as is_open) as o
order by i;

insert into portal.requests (tenant_id, id, property_id, number, request_type_id, workflow_version_id, type_slug, booking_id, guest_id, room_id, title, note,
                             status, phase, outcome, currency, tax_mode, source, created_by, last_actor_name, resolved_at, closed_at, created_at, updated_at)
select n.tenant_id, n.id, n.property_id, n.code || '-' || (1001 + n.i / n.houses), n.type_id, n.version_id, n.slug, n.booking_id, b.guest_id, b.room_id, n.title,
       case when n.i % 3 = 0 then 'Please bring it to the room before dinner.' end,
       s.status, v.workflow #>> array['statuses', s.status, 'phase'], v.workflow #>> array['statuses', s.status, 'outcome'],
       'PKR', 'inclusive', 'portal', n.booking_id, n.display_name,
       case when not n.is_open then n.created_at + interval '25 minutes' end, case when not n.is_open then n.created_at + interval '25 minutes' end,
       n.created_at, n.created_at + interval '25 minutes'
from born as n
cross join lateral (select case when n.is_open then n.mid when n.i % 20 = 0 then 'cancelled' else n.done end as status) as s
join public.bookings as b on b.tenant_id = n.tenant_id and b.id = n.booking_id
join (select w.tenant_id, w.id, w.workflow from portal.workflow_versions as w) as v on v.tenant_id = n.tenant_id and v.id = n.version_id
order by n.i;

insert into portal.request_status_history (tenant_id, request_id, from_status, to_status, action, actor_kind, actor_id, actor_name, at)
select n.tenant_id, n.id, null, 'new', null, 'guest', n.booking_id, 'Guest', n.created_at from born as n order by n.i;
insert into portal.request_status_history (tenant_id, request_id, from_status, to_status, action, actor_kind, actor_id, actor_name, at)
select n.tenant_id, n.id, 'new', case when n.i % 20 = 0 then 'cancelled' else n.done end, case when n.i % 20 = 0 then 'cancel' else 'complete' end,
       'staff', n.member_id, n.display_name, n.created_at + interval '25 minutes'
from born as n where not n.is_open order by n.i;

insert into public.event_log (tenant_id, topic, property_id, booking_id, request_id, entity, entity_id, payload, at)
select n.tenant_id, 'request.created', n.property_id, n.booking_id, n.id, 'request', n.id, '{"status": "new", "phase": "open", "from": null}', n.created_at
from born as n where n.i % 5 = 0 order by n.i;

-- two messages of every fifth: the acknowledgement and the team's card
insert into public.notification_log (tenant_id, event_key, channel, recipient, template_key, variables, dedupe_key, state, provider_id, send_after, fence,
                                     attempt_count, property_id, booking_id, request_id, sent_at, delivered_at, created_at, updated_at)
select n.tenant_id, 'request_received', c.channel, case c.channel when 'slack' then '#' || n.slug || '-' || lower(n.code) else '+12025550123' end,
       case c.channel when 'whatsapp' then 'request_received' end,
       jsonb_build_object('request_number', n.code || '-' || n.i, 'title', n.title ->> 'en', 'room', '101', 'guest_first_name', 'Guest'),
       c.channel || ':request_received:' || n.id, case c.channel when 'slack' then 'sent' else 'delivered' end, c.channel || ':' || n.id, n.created_at, 1, 1,
       n.property_id, n.booking_id, n.id, n.created_at, n.created_at, n.created_at, n.created_at
from born as n
cross join (values ('whatsapp'), ('slack')) as c (channel)
where n.i % 5 = 0
order by n.i;

insert into portal.number_counters (tenant_id, property_id, last_number)
select n.tenant_id, n.property_id, 1002 + max(n.i / n.houses) from born as n group by 1, 2
on conflict (tenant_id, property_id) do update set last_number = greatest(number_counters.last_number, excluded.last_number);
