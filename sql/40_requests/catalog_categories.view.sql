-- catalog_categories: the shelves of the catalogue, as those who keep it see them.
create or replace view api.catalog_categories
with (security_invoker = true) as
select c.id, c.kind, c.key, c.name, app.label(c.name) as label, c.position
from portal.catalog_categories as c;

comment on view api.catalog_categories is 'Shelves of the catalogue: kind is the request type that sells from it, label the name in the reader''s language. With hotel:catalog:write shelves are added (the mini-shop''s seven are fixed), and name and position may be patched.';
grant select on api.catalog_categories to staff, admin;
grant insert (kind, key, name, position), update (name, position) on api.catalog_categories to staff, admin;
