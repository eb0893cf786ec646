-- menus: the menus, as those who keep them see them.
create or replace view api.menus
with (security_invoker = true) as
select m.id, m.property_id, m.slug, m.meal, m.name, m.description, m.pricing_mode, m.price_per_person, m.lock_minutes_before, m.days_ahead,
       m.form_at, m.reminder_at, m.summary_at, m.weekdays, m.state, m.position,
       (select p.code from public.properties as p where p.tenant_id = m.tenant_id and p.id = m.property_id) as property_code,
       (select p.currency from public.properties as p where p.tenant_id = m.tenant_id and p.id = m.property_id) as currency,
       (select app.today_in(p.time_zone) from public.properties as p where p.tenant_id = m.tenant_id and p.id = m.property_id) as today,
       m.on_cancel
from service_menus.menus as m;

comment on view api.menus is 'Menus of the viewer''s properties, draft, active or retired. Added and patched with hotel:menus:write; slug and meal stay. Several of one meal may be active; weekdays are 1 Monday to 7 Sunday. Prices in currency and the property''s tax mode; times are local, today is the date at the property.';
grant select on api.menus to staff, admin;
grant insert (property_id, slug, meal, name, description, pricing_mode, price_per_person, lock_minutes_before,
  days_ahead, form_at, reminder_at, summary_at, weekdays, state, position, on_cancel)
  on api.menus to staff, admin;
grant update (name, description, pricing_mode, price_per_person, lock_minutes_before, days_ahead, form_at, reminder_at,
  summary_at, weekdays, state, position, on_cancel)
  on api.menus to staff, admin;
