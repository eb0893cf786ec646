-- split_onward: the next of many amounts in parts, so that all the parts so far stay the largest remainder's of the whole so far.
create or replace function app.split_onward(p_amount numeric, p_shares numeric[], p_currency text, p_given numeric[])
returns numeric[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  with onward as (
    select array_agg(w.part - g.part order by w.number) as parts, bool_or(w.part < g.part) as takes_back
    from unnest(app.split_amount(p_amount + (select sum(s.part) from unnest(p_given) as s (part)), p_shares, p_currency)) with ordinality as w (part, number)
    join unnest(p_given) with ordinality as g (part, number) using (number))
  -- the method may take a unit back from a part as the whole grows: then this amount is split by itself
  select case when o.takes_back then app.split_amount(p_amount, p_shares, p_currency) else o.parts end
  from onward as o
$$;

comment on function app.split_onward(numeric, numeric[], text, numeric[]) is
  'Parts of an amount above 0, given what each share was given of earlier amounts: they sum to the amount, none is below 0, and hundreds of lines together are split as fairly as one.';
