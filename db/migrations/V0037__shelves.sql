/* pgmigrate-encoding: utf-8 */
-- Hotels add shelves to their catalogue: a new one is theirs, is named, and belongs to what is sold.

alter table portal.catalog_categories alter column tenant_id set default app.tenant_id();
alter table portal.catalog_categories
  add constraint catalog_category_speaks_english
    check (jsonb_typeof(name) = 'object' and coalesce(length(btrim(name ->> 'en')), 0) between 1 and 80 and length(name::text) <= 2000) not valid,
  add constraint catalog_category_key_is_a_key check (key ~ '^[a-z0-9][a-z0-9_]{0,59}$') not valid,
  add constraint catalog_category_kind_is_known check (kind in ('kitchen_fnb', 'mini_shop', 'housekeeping')) not valid;
-- a handful of rows a hotel
-- squawk-ignore constraint-missing-not-valid
alter table portal.catalog_categories validate constraint catalog_category_speaks_english;
-- squawk-ignore constraint-missing-not-valid
alter table portal.catalog_categories validate constraint catalog_category_key_is_a_key;
-- squawk-ignore constraint-missing-not-valid
alter table portal.catalog_categories validate constraint catalog_category_kind_is_known;
