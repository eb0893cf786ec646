-- What hangs on the reference that every house was given: the receptionist's role, Slack channels, approved texts.

insert into identity.membership_roles (tenant_id, membership_id, role_id)
select m.tenant_id, m.id, r.id
from public.tenants as t
join identity.memberships as m on m.tenant_id = t.id
join identity.roles as r on r.tenant_id = t.id and r.key = 'RECEPTION'
where t.slug like 'house-%';

insert into notify.teams (tenant_id, property_id, key, label, icon, slack_channel)
select p.tenant_id, p.id, n.key, n.label, n.icon, format('#%s-%s', n.key, lower(p.code))
from public.tenants as t
join public.properties as p on p.tenant_id = t.id
join notify.teams as n on n.tenant_id = t.id and n.property_id is null
where t.slug like 'house-%';

update notify.templates as m
set status = 'approved'
from public.tenants as t
where t.id = m.tenant_id and t.slug like 'house-%';

-- shelves without counted stock, from which every house serves: those that a hotel is not given anyway
insert into portal.catalog_categories (tenant_id, kind, key, name, position)
select t.id, c.kind, c.key, c.name, c.position
from public.tenants as t
cross join (select x.kind, x.key, x.name, x.position
            from portal.catalog_categories as x
            join public.tenants as o on o.id = x.tenant_id
            where o.slug = 'hamsun' and x.kind = 'housekeeping') as c
where t.slug like 'house-%'
on conflict on constraint catalog_category_is_stated_once do nothing;

insert into portal.catalog_items (tenant_id, property_id, kind, category, sku, name, currency, is_complimentary, position)
select p.tenant_id, p.id, i.kind, i.category, i.sku, i.name, p.currency, true, i.position
from public.tenants as t
join public.properties as p on p.tenant_id = t.id
cross join (select x.kind, x.category, x.sku, x.name, x.position
            from portal.catalog_items as x
            join public.properties as o on o.tenant_id = x.tenant_id and o.id = x.property_id
            where o.code = 'FSL' and x.kind = 'housekeeping' and x.is_complimentary) as i
where t.slug like 'house-%';

insert into identity.sessions (tenant_id, session_type, membership_id, expires_at)
select m.tenant_id, 'staff', m.id, now() + interval '1 day'
from public.tenants as t
join identity.memberships as m on m.tenant_id = t.id
where t.slug like 'house-%';

insert into identity.sessions (tenant_id, session_type, booking_id, level, expires_at)
select b.tenant_id, 'guest', b.id, 'identified', now() + interval '1 day'
from public.tenants as t
join public.bookings as b on b.tenant_id = t.id
where t.slug like 'house-%' and b.checkin_status = 'CHECKED_IN';
