-- money_text: an amount as a message writes it.
create or replace function app.money_text(p_amount numeric, p_currency text, p_language text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_digits text := to_char(
    abs(p_amount),
    'FM999,999,999,990' || case when p_amount <> trunc(p_amount) then rpad('.', app.currency_exponent(p_currency) + 1, '0') else '' end);
  v_sign text := case when p_amount < 0 then '-' else '' end;
begin
  if p_language = 'es' then
    return v_sign || translate(v_digits, ',.', '.,') || ' ' || p_currency;
  end if;
  return v_sign || p_currency || ' ' || v_digits;
end
$$;

comment on function app.money_text(numeric, text, text) is 'An amount for a text message: PKR 1,850 or EUR 12.50; in Spanish 1.850,50 EUR. Other languages write as English does.';
