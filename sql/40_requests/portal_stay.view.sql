-- portal_stay: the guest's own stay, one row.
create or replace view api.portal_stay
with (security_invoker = true) as
select
  b.id as booking_id, p.id as property_id, p.code as property_code, p.name as property_name, p.time_zone, p.currency, p.country,
  s.state, app.level() as level, g.first_name as guest_first_name,
  case when app.level() = 'identified' then g.last_name end as guest_last_name,
  app.own_contact(g.phone, app.level() = 'identified') as guest_phone_masked, g.language,
  m.room_number, t.name as room_type_name, b.check_in, b.check_out,
  coalesce(b.agreed_check_in_time, p.check_in_time) as check_in_time, coalesce(b.agreed_check_out_time, p.check_out_time) as check_out_time, b.nights,
  (select coalesce(array_agg(w.feature order by w.feature), '{}')
   from portal.feature_windows as w
   where w.tenant_id = b.tenant_id and w.property_id = b.property_id and w.stay_state = s.state and w.is_open
     -- what is built, as app.open_features says it; written out because the guest's landing waits for it
     and (w.feature in ('stay_info', 'charges', 'feedback', 'cleaning_preferences')
          or w.feature = 'menu_order' and exists (
            select from service_menus.menus as y where y.tenant_id = b.tenant_id and y.property_id = b.property_id and y.state = 'active')
          or w.feature in (select y.feature from portal.request_types as y where y.tenant_id = b.tenant_id and y.is_offered))) as features,
  p.phone as property_phone, p.picture_url, p.accent_color,
  (select sum(c.gross)
   from public.folios as f
   join public.charges as c on c.tenant_id = f.tenant_id and c.folio_id = f.id
   where f.tenant_id = b.tenant_id and f.booking_id = b.id) as folio_total,
  (select count(*)
   from public.folios as f
   join public.charges as c on c.tenant_id = f.tenant_id and c.folio_id = f.id
   where f.tenant_id = b.tenant_id and f.booking_id = b.id) as folio_items,
  p.tax_mode, b.adults, b.children, app.booking_reference(b.id) as booking_reference, app.now() as now,
  (select coalesce(jsonb_object_agg(l.feature, l.state), '{}')
   from (select distinct on (w.feature) w.feature, w.stay_state as state
         from portal.feature_windows as w
         where w.tenant_id = b.tenant_id and w.property_id = b.property_id and w.is_open
           and array_position(r.states, w.stay_state) >= array_position(r.states, s.state)
         order by w.feature, array_position(r.states, w.stay_state)) as l
   where l.state <> s.state) as opens, app.low_rating(b.property_id) as low_rating
from public.bookings as b
join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id
join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
join public.room_types as t on t.tenant_id = b.tenant_id and t.id = b.room_type_id
left join public.rooms as m on m.tenant_id = b.tenant_id and m.id = b.room_id
cross join lateral (select app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone)) as state) as s
cross join (select array['pre_checkin', 'arrival_day', 'in_house', 'departure_day', 'post_checkout'] as states) as r
where b.id = (select app.booking_id())
  and (select app.level()) in ('context', 'identified');

comment on view api.portal_stay is 'The stay of the guest''s session: dates, room, people, state and what is open. now: the instant by app.now(). opens: for each sub-flow that is closed now and opens later, the state in which it does. low_rating: up to which mark feedback is a complaint. Folio and last name only for an identified session.';
grant select on api.portal_stay to guest;
