-- portal_request_types: what the guest can ask for.
create or replace view api.portal_request_types
with (security_invoker = true) as
select t.slug, app.label(t.label) as label, app.label(t.guest_label) as guest_label, t.icon, t.feature,
       t.feature = any (s.features) and app.is_open_at(t.slug) as is_open,
       t.needs_identified, t.takes_items, t.catalog_kind,
       (select coalesce(jsonb_agg(jsonb_build_object(
            'key', x.value ->> 'key', 'label', app.label(x.value -> 'label'),
            'price', (x.value -> 'price' ->> s.currency)::numeric, 'currency', s.currency,
            'asks', (select coalesce(jsonb_object_agg(f.key, f.value || jsonb_build_object('label', app.label(f.value -> 'label'))
                              || case when f.value ->> 'type' = 'room_type' then (
                                   select jsonb_build_object('options', jsonb_agg(r.code order by r.name),
                                                             'option_labels', jsonb_object_agg(r.code, jsonb_build_object('en', r.name)))
                                   from public.room_types as r where r.property_id = s.property_id) else '{}' end), '{}')
                     from jsonb_each(x.value -> 'asks') as f)) order by x.ordinality), '[]')
        from jsonb_array_elements(t.subtypes) with ordinality as x
        where coalesce(x.value -> 'by' ? 'guest', true) and coalesce(x.value -> 'states' ? s.state, true)) as subtypes,
       (select coalesce(jsonb_object_agg(f.key, f.value || jsonb_build_object('label', app.label(f.value -> 'label'))), '{}')
        from jsonb_each(t.asks) as f) as asks,
       t.position, app.service_hours(t.slug) as hours
from portal.request_types as t
cross join api.portal_stay as s
where t.is_offered
  and t.feature is not null;

comment on view api.portal_request_types is 'Request types the portal knows, with what each asks for and the subtypes that can be had in the stay''s state; is_open says whether the guest may ask now (stay state and service hours); hours are {from, until} or null.';
grant select on api.portal_request_types to guest;
