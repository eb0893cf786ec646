-- The demo's first properties are connected with the sandbox's Beds24, from the transaction's setting seed.data (a hotel).
-- What opens the sandbox opens nothing else.

insert into notify.beds24_connections (tenant_id, property_id, beds24_property_id, webhook_digest, verified_at, created_at)
select p.tenant_id, p.id, d.number, app.digest(d.webhook_secret), app.now(), app.now()
from jsonb_to_record(current_setting('seed.data')::jsonb -> 'beds24') as d (property text, number bigint, webhook_secret text)
join public.properties as p on p.tenant_id = app.tenant_id() and p.code = d.property
on conflict do nothing;

insert into notify.beds24_access (tenant_id, connection_id, state, refresh_token, refresh_used_at, offered)
select c.tenant_id, c.id, 'connected', d.refresh_token, clock_timestamp(), (
  select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'units', (
    select jsonb_agg(jsonb_build_object('id', u.key::integer, 'name', u.key) order by u.key) from jsonb_each_text(r.units) as u)) order by r.id)
  from jsonb_to_recordset(d.rooms) as r (id bigint, name text, units jsonb))
from jsonb_to_record(current_setting('seed.data')::jsonb -> 'beds24') as d (number bigint, refresh_token text, rooms jsonb)
join notify.beds24_connections as c on c.tenant_id = app.tenant_id() and c.beds24_property_id = d.number
on conflict do nothing;

insert into notify.beds24_rooms (tenant_id, connection_id, property_id, beds24_room_id, unit_id, room_type_id, room_id)
select c.tenant_id, c.id, c.property_id, r.id, u.unit_id, t.id, o.id
from jsonb_to_record(current_setting('seed.data')::jsonb -> 'beds24') as d (number bigint, rooms jsonb)
join notify.beds24_connections as c on c.tenant_id = app.tenant_id() and c.beds24_property_id = d.number
cross join jsonb_to_recordset(d.rooms) as r (id bigint, type text, units jsonb)
join public.room_types as t on t.tenant_id = c.tenant_id and t.property_id = c.property_id and t.code = r.type
cross join lateral (
  select 0 as unit_id, null as number
  union all
  select e.key::integer, e.value from jsonb_each_text(r.units) as e) as u
left join public.rooms as o on o.tenant_id = c.tenant_id and o.property_id = c.property_id and o.room_number = u.number
on conflict do nothing;

select app.plan_job(p, 'beds24_sweep', 'beds24', null, true)
from notify.beds24_connections as c
join public.properties as p on p.tenant_id = c.tenant_id and p.id = c.property_id
where c.tenant_id = app.tenant_id() and c.verified_at is not null;
