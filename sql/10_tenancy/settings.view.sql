-- settings: what each property does its own way, and what would hold otherwise.
create or replace view api.settings
with (security_invoker = true) as
select h.property_code, k.key, app.label(k.label) as label, k.kind, k.lowest, k.highest,
       coalesce(s.value, o.otherwise) as value, o.otherwise as default_value, s.value is not null as is_set, k.position
from (select k.*, k.place::integer as position
      from app.setting_kinds() with ordinality as k (key, is_of_property, kind, lowest, highest, default_value, label, place)) as k
join (select p.id as property_id, p.code as property_code from public.properties as p
      union all
      select null, null where (select app.sees_all_properties())) as h on h.property_id is null or k.is_of_property
left join public.app_settings as t
  on t.tenant_id = (select app.tenant_id()) and t.property_id is null and t.key = k.key and h.property_id is not null
cross join lateral (select coalesce(t.value, k.default_value) as otherwise) as o
left join public.app_settings as s
  on s.tenant_id = (select app.tenant_id()) and s.property_id is not distinct from h.property_id and s.key = k.key
where (select app.can('hotel:settings:write'));

comment on view api.settings is
  'Settings of the viewer''s properties, and, without property_code, of the whole hotel, for whoever may change them by set_setting. default_value holds where is_set is false; null hours: at any hour.';
grant select on api.settings to staff, admin;
