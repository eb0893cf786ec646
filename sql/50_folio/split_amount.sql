-- split_amount: an amount in parts that sum to it, by largest remainder.
create or replace function app.split_amount(p_amount numeric, p_shares numeric[], p_currency text, p_turn integer default 0)
returns numeric[]
language sql
immutable
parallel safe
begin atomic
  select array_agg(
      sign(p_amount) * (w.whole + case when w.place <= w.units - w.given then 1 else 0 end)
      / power(10::numeric, app.currency_exponent(p_currency))
      order by w.number)
  from (
    select e.number, e.units, floor(e.exact) as whole, sum(floor(e.exact)) over () as given,
           row_number() over (order by e.exact - floor(e.exact) desc, mod(e.number - 1 + p_turn, cardinality(p_shares))) as place
    from (
      select s.number, t.units, t.units * s.share / t.shares as exact
      from unnest(p_shares) with ordinality as s (share, number)
      cross join (
        select abs(p_amount) * power(10::numeric, app.currency_exponent(p_currency)) as units, sum(a.share) as shares
        from unnest(p_shares) as a (share)) as t) as e) as w;
end;

comment on function app.split_amount(numeric, numeric[], text, integer) is
  'Parts of an amount by shares, each whole in the currency''s smallest unit, together exactly the amount: what is left over goes one unit each to the largest remainders. Among equals p_turn says who is first, so that many lines burden nobody.';
select app.grant_to_readers('app.split_amount(numeric, numeric[], text, integer)');
