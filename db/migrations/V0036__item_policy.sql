/* pgmigrate-encoding: utf-8 */
-- What becomes of an item when its order is called off is said by the item.
alter table portal.catalog_items
  add column on_cancel text not null default 'give_back',
  add constraint catalog_on_cancel_is_known check (on_cancel in ('give_back', 'keep_once_begun')) not valid;
-- new, and its default holds
-- squawk-ignore constraint-missing-not-valid
alter table portal.catalog_items validate constraint catalog_on_cancel_is_known;
comment on column portal.catalog_items.on_cancel is
  'give_back: a cancelled order returns it to stock and takes its charge off. keep_once_begun: so long as nobody has begun; from then on it is used up, and what was charged for it stands.';
