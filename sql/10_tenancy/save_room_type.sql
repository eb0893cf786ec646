-- save_room_type: a kind of room is made, or changed.
-- may:      hotel:settings:write
-- refuses:  property_not_found, room_type_invalid, room_price_invalid, room_type_code_is_taken
-- then:     its rate holds for bookings made from now on
create or replace function api.save_room_type(p_property_code text, p_code text, p_name text, p_price numeric)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_code text := upper(btrim(p_code));
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  if coalesce(v_code !~ '^[A-Z][A-Z0-9_-]{0,29}$' or length(btrim(p_name)) not between 1 and 80, true) then
    raise exception 'A kind of room needs a short code and a name.'
      using errcode = 'PT422', detail = 'room_type_invalid', hint = 'Write a code such as DELUXE, in letters and digits.';
  elsif coalesce(p_price not between 0 and 99999999999 or not app.fits_currency(p_price, v_property.currency), true) then
    raise exception 'This is not a rate in %.', app.printed(v_property.currency)
      using errcode = 'PT422', detail = 'room_price_invalid', hint = 'Write the rate a night as a number.';
  end if;
  insert into public.room_types as t (tenant_id, property_id, code, name, price, currency)
  values (app.tenant_id(), v_property.id, v_code, btrim(p_name), p_price, v_property.currency)
  on conflict (tenant_id, code) do update set name = excluded.name, price = excluded.price, updated_at = app.now()
  where t.property_id = excluded.property_id;
  if not found then
    raise exception 'The code % stands for a kind of room in another house.', app.printed(v_code)
      using errcode = 'PT409', detail = 'room_type_code_is_taken', hint = 'Choose another code.';
  end if;
  return jsonb_build_object('property', v_property.code, 'code', v_code);
end
$$;

alter function api.save_room_type(text, text, text, numeric) owner to engine;
comment on function api.save_room_type(text, text, text, numeric) is 'A kind of room of a property with its rate a night in the property''s currency, by its code. The same again changes nothing.';
revoke all on function api.save_room_type(text, text, text, numeric) from public;
grant execute on function api.save_room_type(text, text, text, numeric) to staff, admin;
