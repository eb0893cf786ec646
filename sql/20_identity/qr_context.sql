-- qr_context: where the holder of a QR code stands: hotel, property, room, whose badge. Nothing of a guest.
create or replace function app.qr_context(p_code_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'purpose', c.purpose, 'audience', k.audience, 'opens', k.opens, 'request_type_slug', k.request_type_slug,
    'qr_id', c.id, 'tenant_id', c.tenant_id, 'tenant_slug', t.slug, 'hotel_name', t.hotel_name,
    'property_id', p.id, 'property_name', p.name, 'property_phone', p.phone, 'picture_url', p.picture_url, 'accent_color', p.accent_color,
    'room_id', r.id, 'room_number', r.room_number, 'membership_id', m.id, 'member_name', m.display_name)
  from identity.qr_tokens as c
  join identity.qr_purposes as k on k.purpose = c.purpose
  join public.tenants as t on t.id = c.tenant_id
  left join public.properties as p on p.tenant_id = t.id and p.id = c.property_id
  left join public.rooms as r on r.tenant_id = t.id and r.id = c.room_id
  left join identity.memberships as m on m.tenant_id = t.id and m.id = c.membership_id
  where c.tenant_id = app.tenant_id() and c.id = p_code_id
$$;

comment on function app.qr_context(uuid) is 'The context that a QR code resolves to, as the pages and qr-validate tell it.';
