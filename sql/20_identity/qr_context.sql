-- qr_context: where the holder of a QR code stands: hotel, property, room, whose badge. Nothing of a guest.
create or replace function app.qr_context(p_code identity.qr_tokens, p_kind identity.qr_purposes)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'purpose', p_code.purpose, 'audience', p_kind.audience, 'opens', p_kind.opens, 'request_type_slug', p_kind.request_type_slug,
    'qr_id', p_code.id, 'tenant_id', p_code.tenant_id, 'tenant_slug', t.slug, 'hotel_name', t.hotel_name,
    'property_id', p.id, 'property_name', p.name, 'property_phone', p.phone, 'picture_url', p.picture_url, 'accent_color', p.accent_color,
    'room_id', r.id, 'room_number', r.room_number, 'membership_id', m.id, 'member_name', m.display_name)
  from public.tenants as t
  left join public.properties as p on p.tenant_id = t.id and p.id = p_code.property_id
  left join public.rooms as r on r.tenant_id = t.id and r.id = p_code.room_id
  left join identity.memberships as m on m.tenant_id = t.id and m.id = p_code.membership_id
  where t.id = p_code.tenant_id
$$;

comment on function app.qr_context(identity.qr_tokens, identity.qr_purposes) is 'The context that a QR code resolves to, as the pages and qr-validate tell it.';
