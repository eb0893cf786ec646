-- access_check: one rule, and whether it lets the caller pass.
create or replace function app.access_check(p_rule text, p_passed boolean, p_sentence text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_array(jsonb_build_object('rule', p_rule, 'passed', p_passed, 'sentence', p_sentence))
$$;

comment on function app.access_check(text, boolean, text) is 'A list of one check, to be strung together; passed is null where it depends on what is given.';
