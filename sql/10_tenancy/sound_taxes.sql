-- sound_taxes: a list of taxes that covers every category in a way that can be charged.
-- may:      called by set_taxes
-- refuses:  taxes_invalid, tax_invalid, tax_is_stated_twice, inclusive_price_carries_one_tax
-- then:     nothing
create or replace function app.sound_taxes(p_taxes jsonb, p_tax_mode text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_tax jsonb;
  v_taxes jsonb := '[]'::jsonb;
  v_left text[] := app.charge_categories();
  v_on text[];
begin
  if p_tax_mode is null or p_tax_mode not in ('inclusive', 'exclusive') or jsonb_typeof(p_taxes) is distinct from 'array' or jsonb_array_length(p_taxes) > 12 then
    raise exception 'This is no list of taxes.'
      using errcode = 'PT422', detail = 'taxes_invalid', hint = 'Prices are inclusive or exclusive, with twelve taxes at most.';
  end if;
  for v_tax in select t from jsonb_array_elements(p_taxes) as t loop
    if jsonb_typeof(v_tax) <> 'object' or coalesce(upper(v_tax ->> 'code') !~ '^[A-Z][A-Z0-9_-]{0,19}$', true)
       or coalesce(length(btrim(v_tax ->> 'name')) not between 1 and 80, true)
       or coalesce(v_tax ->> 'rate', '0') !~ '^\d{1,3}(\.\d{1,4})?$' or coalesce(v_tax ->> 'rate', '0')::numeric > 100 then
      raise exception 'A tax needs a short code, a name and a rate in percent.'
        using errcode = 'PT422', detail = 'tax_invalid', hint = 'Write a rate from 0 to 100, or none for exempt.';
    end if;
    v_on := case when jsonb_typeof(v_tax -> 'categories') = 'array' and v_tax -> 'categories' <> '[]'
                 then array(select c from unnest(app.charge_categories()) as c where v_tax -> 'categories' ? c) else app.charge_categories() end;
    if exists (select from jsonb_array_elements(v_taxes) as t where t ->> 'code' = upper(v_tax ->> 'code')) then
      raise exception 'The tax % is stated twice.', app.printed(upper(v_tax ->> 'code')) using errcode = 'PT422', detail = 'tax_is_stated_twice', hint = 'Give each tax a code of its own.';
    elsif p_tax_mode = 'inclusive' and not v_on <@ v_left then
      raise exception 'A price that includes tax can carry only one.'
        using errcode = 'PT409', detail = 'inclusive_price_carries_one_tax', hint = 'Give the category one tax code, or price the property without tax.';
    end if;
    v_left := array(select c from unnest(v_left) as c where c <> all (v_on));
    v_taxes := v_taxes || jsonb_build_object('code', upper(v_tax ->> 'code'), 'name', btrim(v_tax ->> 'name'), 'rate', (v_tax ->> 'rate')::numeric,
                                             'categories', to_jsonb(v_on));
  end loop;
  if v_left <> '{}' then
    v_taxes := v_taxes || jsonb_build_object('code', 'UNTAXED', 'name', 'Exempt', 'rate', null, 'categories', to_jsonb(v_left));
  end if;
  return v_taxes;
end
$$;

comment on function app.sound_taxes(jsonb, text) is
  '[{code, name, rate, categories}] as they are stored, in the order given; a last one, UNTAXED, takes what none of them covers.';
