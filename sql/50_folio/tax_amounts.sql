-- tax_amounts: each tax on an amount.
create or replace function app.tax_amounts(p_amount numeric, p_taxes jsonb, p_tax_mode text, p_currency text)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(jsonb_agg((t.value - 'given') || jsonb_build_object('amount', coalesce((t.value ->> 'given')::numeric, round(
      case p_tax_mode
        when 'inclusive' then p_amount - p_amount / (1 + (t.value ->> 'rate')::numeric / 100)
        else p_amount * (t.value ->> 'rate')::numeric / 100
      end, app.currency_exponent(p_currency)), 0)) order by t.ordinality), '[]')
  from jsonb_array_elements(p_taxes) with ordinality as t;
end;

comment on function app.tax_amounts(numeric, jsonb, text, text) is
  '[{code, name, rate, amount}]: what each tax makes of an amount that holds it (inclusive) or to which it is added (exclusive), rounded to the currency. Exempt (rate null) is nothing. A tax that comes with given, as a reversal''s and a part''s do, is that much.';
select app.grant_to_readers('app.tax_amounts(numeric, jsonb, text, text)');
