/* pgmigrate-encoding: utf-8 */
-- A no-show has a fee of its own, taxed as the house says, and its nights are free again or kept.
-- squawk-ignore ban-drop-constraint
alter table public.charges drop constraint charge_category_is_known;
alter table public.charges
  add constraint charge_category_is_known check (category in (
    'room', 'room_service', 'grocery', 'airport_transfer', 'laundry', 'late_checkout', 'early_checkin', 'extension', 'event', 'no_show', 'fee',
    'adjustment', 'other')) not valid;
-- no category is taken away: what is there is known
-- squawk-ignore constraint-missing-not-valid
alter table public.charges validate constraint charge_category_is_known;

alter table public.bookings
  add column keeps_nights boolean not null default false,
  add constraint only_a_no_show_keeps_nights check (status = 'no_show' or not keeps_nights) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table public.bookings validate constraint only_a_no_show_keeps_nights;
comment on column public.bookings.keeps_nights is 'The guest did not come, and the house does not sell the nights to another.';

-- for a stay that was not had: damages, in most countries not taxed. A hotel whose tax office sees it otherwise says so.
insert into public.tax_codes (tenant_id, property_id, code, name, rate, categories)
select p.tenant_id, p.id, 'NO_SHOW', 'No-show, exempt', null, array['no_show']
from public.properties as p
where not exists (select from public.tax_codes as x where x.tenant_id = p.tenant_id and x.property_id = p.id and 'no_show' = any (x.categories))
on conflict do nothing;
