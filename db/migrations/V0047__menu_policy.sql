/* pgmigrate-encoding: utf-8 */
-- What becomes of a dish when its order is called off is said by the dish, as a catalogue's item says it.
-- A kitchen begins when an order is locked: it has bought, laid out and often cooked for that guest and that minute, so food is kept unless
-- the house says otherwise, and so is a price by the person. A drink is poured when it is served.
alter table service_menus.menus
  add column on_cancel text not null default 'keep_once_begun',
  add constraint menu_on_cancel_is_known check (on_cancel in ('give_back', 'keep_once_begun')) not valid;
alter table service_menus.menu_items
  add column on_cancel text not null default 'keep_once_begun',
  add constraint menu_item_on_cancel_is_known check (on_cancel in ('give_back', 'keep_once_begun')) not valid;
alter table service_menus.sides
  add column on_cancel text not null default 'keep_once_begun',
  add constraint side_on_cancel_is_known check (on_cancel in ('give_back', 'keep_once_begun')) not valid;
alter table service_menus.drinks
  add column on_cancel text not null default 'give_back',
  add constraint drink_on_cancel_is_known check (on_cancel in ('give_back', 'keep_once_begun')) not valid;
-- new, and their defaults hold
-- squawk-ignore constraint-missing-not-valid
alter table service_menus.menus validate constraint menu_on_cancel_is_known;
-- squawk-ignore constraint-missing-not-valid
alter table service_menus.menu_items validate constraint menu_item_on_cancel_is_known;
-- squawk-ignore constraint-missing-not-valid
alter table service_menus.sides validate constraint side_on_cancel_is_known;
-- squawk-ignore constraint-missing-not-valid
alter table service_menus.drinks validate constraint drink_on_cancel_is_known;
comment on column service_menus.menus.on_cancel is
  'For price_per_person. give_back: a cancelled order takes it off the bill. keep_once_begun: so long as the order is not locked; from then on it stands. Dishes, sides and drinks say the same for their own prices.';
comment on column service_menus.menu_items.on_cancel is 'give_back: a cancelled order takes its price off the bill. keep_once_begun: so long as the order is not locked; from then on it stands.';
comment on column service_menus.sides.on_cancel is 'As of menu_items.';
comment on column service_menus.drinks.on_cancel is 'As of menu_items.';
