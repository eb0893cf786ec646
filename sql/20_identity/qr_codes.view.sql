-- qr_codes: the codes that were made, without what is in them.
-- real clock: the life of a code
create or replace view api.qr_codes
with (security_invoker = true) as
select t.id, t.purpose, t.label, t.property_id, p.code as property_code, r.room_number, m.display_name as member_name, t.guest_id,
       case
         when t.revoked_at is not null then 'revoked'
         when t.used_at is not null then 'used'
         when t.expires_at <= clock_timestamp() then 'expired'
         else 'open'
       end as state,
       t.expires_at, t.used_at, t.revoked_at, t.created_at, b.display_name as made_by_name
from identity.qr_tokens as t
left join public.properties as p on p.tenant_id = t.tenant_id and p.id = t.property_id
left join public.rooms as r on r.tenant_id = t.tenant_id and r.id = t.room_id
left join identity.memberships as m on m.tenant_id = t.tenant_id and m.id = t.membership_id
left join identity.memberships as b on b.tenant_id = t.tenant_id and b.id = t.made_by;

comment on view api.qr_codes is 'QR codes of the properties one works at: what for, where, whose badge, and whether they still open something. The secret is in the printed code alone.';
grant select on api.qr_codes to staff, admin;
