-- e164_phone: a phone number as WhatsApp wants it.
-- refuses:  guest_phone_is_e164
create or replace function app.e164_phone(p_phone text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_phone text := nullif(regexp_replace(regexp_replace(p_phone, '[\s()./-]', '', 'g'), '^00', '+'), '');
begin
  if v_phone !~ '^\+[1-9][0-9]{6,14}$' then
    raise exception 'This is not an international phone number.'
      using errcode = 'PT422', detail = 'guest_phone_is_e164',
            hint = 'Write it with + and the country code: +1 202 555 0123.';
  end if;
  return v_phone;
end
$$;

comment on function app.e164_phone(text) is 'E.164 of a number however it is spaced, 00 for + forgiven; null for none. A national number is refused: its country would be a guess.';
