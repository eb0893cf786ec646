-- money_text: an amount as a message writes it.
create or replace function app.money_text(p_amount numeric, p_currency text)
returns text
language sql
immutable
set search_path = ''
as $$
  select p_currency || ' ' || btrim(to_char(
    p_amount,
    case app.currency_exponent(p_currency)
      when 0 then 'FM999,999,999,990'
      when 3 then 'FM999,999,999,990.000'
      else case when p_amount = trunc(p_amount) then 'FM999,999,999,990' else 'FM999,999,999,990.00' end
    end))
$$;

comment on function app.money_text(numeric, text) is 'An amount for a text message: PKR 1,850 or EUR 12.50.';
