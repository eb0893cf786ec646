-- name_with_choices: a dish as it was chosen, in each language.
create or replace function app.name_with_choices(p_name jsonb, p_choices jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select jsonb_object_agg(n.key, n.value || coalesce((
    select ' (' || string_agg(coalesce(c.value -> 'label' ->> n.key, c.value -> 'label' ->> 'en'), ', ' order by c.ordinality) || ')'
    from jsonb_array_elements(p_choices) with ordinality as c), ''))
  from jsonb_each_text(p_name) as n;
end;

comment on function app.name_with_choices(jsonb, jsonb) is 'The name with its choices behind it: {en: "Eggs your way (scrambled, with cheese)", …}.';
select app.grant_to_readers('app.name_with_choices(jsonb, jsonb)');
