-- A tenant of the demo with its people and properties, from the transaction's setting seed.data (a hotel of the demo).
-- What is already there stays as it is.

insert into public.tenants (slug, hotel_name, address, plan_id, onboarding_completed_at)
select t.slug, t.hotel_name, t.address, p.id, app.now()
from jsonb_to_record(current_setting('seed.data')::jsonb -> 'tenant')
  as t (slug text, hotel_name text, address text, plan text)
left join public.plans as p on p.name = t.plan
on conflict (slug) do nothing;

select set_config('app.tenant_id', t.id::text, true)
from public.tenants as t
where t.slug = current_setting('seed.data')::jsonb #>> '{tenant,slug}';

insert into identity.users (email)
select m.email
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'members') as m (email text)
on conflict (lower(email)) do nothing;

update public.tenants as t
set owner_user_id = u.id
from identity.users as u
where t.id = app.tenant_id()
  and t.owner_user_id is null
  and u.email = current_setting('seed.data')::jsonb #>> '{tenant,owner}';

insert into identity.memberships (tenant_id, user_id, display_name, session_type, teams, language, slack_user_id)
select app.tenant_id(), u.id, m.display_name, m.session_type, m.teams, m.language, m.slack_user_id
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'members')
  as m (email text, display_name text, session_type text, teams text[], language text, slack_user_id text)
join identity.users as u on u.email = m.email
on conflict (tenant_id, user_id) do nothing;

insert into public.properties (
  tenant_id, code, name, time_zone, country, currency, tax_mode, default_language,
  check_in_time, check_out_time, phone, accent_color, is_default)
select app.tenant_id(), p.code, p.name, p.time_zone, p.country, p.currency, p.tax_mode, p.default_language,
       p.check_in_time, p.check_out_time, p.phone, p.accent_color, p.is_default
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'properties')
  as p (code text, name text, time_zone text, country text, currency text, tax_mode text, default_language text,
        check_in_time time, check_out_time time, phone text, accent_color text, is_default boolean)
on conflict (tenant_id, code) do nothing;

insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories)
select p.tenant_id, p.id, c.code, c.name, c.rate, c.categories
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'properties') as d (code text, tax_codes jsonb)
join public.properties as p on p.tenant_id = app.tenant_id() and p.code = d.code
cross join jsonb_to_recordset(d.tax_codes) as c (code text, name text, rate numeric, categories text[])
on conflict (tenant_id, property_id, code, valid_from) do nothing;

insert into public.room_types (tenant_id, property_id, code, name, price, currency, amenities)
select p.tenant_id, p.id, y.code, y.name, y.price, p.currency, y.amenities
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'properties') as d (code text, room_types jsonb)
join public.properties as p on p.tenant_id = app.tenant_id() and p.code = d.code
cross join jsonb_to_recordset(d.room_types) as y (code text, name text, price numeric, amenities text[])
on conflict (tenant_id, code) do nothing;

insert into public.rooms (tenant_id, property_id, room_type_id, room_number, floor)
select t.tenant_id, t.property_id, t.id, n.room_number, f.floor
from jsonb_to_recordset(current_setting('seed.data')::jsonb -> 'properties') as d (room_types jsonb)
cross join jsonb_to_recordset(d.room_types) as y (code text, floors jsonb)
join public.room_types as t on t.tenant_id = app.tenant_id() and t.code = y.code
cross join jsonb_each(y.floors) as f (floor, numbers)
cross join jsonb_array_elements_text(f.numbers) as n (room_number)
on conflict (tenant_id, property_id, room_number) do nothing;
