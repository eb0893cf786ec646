-- kiosk_tokens: since when each kiosk has its token, and whether it was revoked.
create or replace view api.kiosk_tokens
with (security_invoker = true) as
select k.id as kiosk_id, k.token_made_at, k.token_made_at + interval '1 year' as token_expires_at, k.revoked_at,
       m.display_name as registered_by_name, k.created_at
from kiosk.kiosks as k
left join identity.memberships as m on m.tenant_id = k.tenant_id and m.id = k.registered_by;

comment on view api.kiosk_tokens is 'The tokens of kiosks: when made, by whom registered, when revoked. Never what is in them.';
grant select on api.kiosk_tokens to staff, admin;
