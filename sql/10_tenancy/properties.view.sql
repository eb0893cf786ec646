-- properties: those the viewer works at.
create or replace view api.properties
with (security_invoker = true) as
select p.id, p.code, p.name, p.time_zone, p.country, p.currency, p.tax_mode, p.default_language,
       p.check_in_time, p.check_out_time, p.phone, p.picture_url, p.accent_color, p.is_default
from public.properties as p;

comment on view api.properties is 'The properties the viewer works at, with zone, currency and tax mode.';
grant select on api.properties to staff, admin;
