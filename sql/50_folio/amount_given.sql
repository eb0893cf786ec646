-- amount_given: an amount of money out of what was sent.
-- may:      called by commands
-- refuses:  input_invalid
-- then:     nothing
create or replace function app.amount_given(p_property_id uuid, p_amount jsonb)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_amount numeric := (app.typed_input(p_property_id, 'amount', '{"type": "money"}', coalesce(p_amount, '""')) #>> '{}')::numeric;
begin
  if v_amount = 0 then
    raise exception '"amount" cannot be read.' using errcode = 'PT422', detail = 'input_invalid', hint = 'amount must be above 0.';
  end if;
  return v_amount;
end
$$;

comment on function app.amount_given(uuid, jsonb) is 'An amount above 0 that fits the property''s currency.';
