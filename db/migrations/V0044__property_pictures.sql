/* pgmigrate-encoding: utf-8 */
-- A property's picture is one that was given to us: guests' phones fetch nothing from elsewhere.

update public.properties as p set picture_url = null
where p.picture_url !~ '^/static/pictures/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jpg$';
alter table public.properties
  add constraint property_picture_is_our_own
    check (picture_url ~ '^/static/pictures/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.jpg$') not valid;
-- a handful of rows a hotel
-- squawk-ignore constraint-missing-not-valid
alter table public.properties validate constraint property_picture_is_our_own;
comment on column public.properties.picture_url is
  'Where on our own pages the picture is that guests see first; the last part names the file, below pictures of the tenant''s files. Null: none.';
