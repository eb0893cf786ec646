-- qr_purposes: what QR codes are for.
create or replace view api.qr_purposes
with (security_invoker = true) as
select p.purpose, p.audience, extract(epoch from p.lifetime)::integer as lifetime_seconds, p.is_reusable, p.opens, p.request_type_slug
from identity.qr_purposes as p;

comment on view api.qr_purposes is 'Each kind of QR code: for whom, how long (null: until revoked), whether it can be scanned again, what it opens.';
grant select on api.qr_purposes to staff, admin;
