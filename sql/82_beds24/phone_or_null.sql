-- phone_or_null: a phone number that others typed, if it is one.
create or replace function app.phone_or_null(p_phone text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return app.e164_phone(p_phone);
exception
  when sqlstate 'PT422' then
    return null;
end
$$;

comment on function app.phone_or_null(text) is 'E.164, or null where app.e164_phone would refuse.';
