-- template_problems: why a message's text cannot be used.
create or replace function app.template_problems(p_channel text, p_variables jsonb, p_subjects jsonb, p_bodies jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    with texts as (
      select b.key as language, b.value as body, coalesce(p_subjects ->> b.key, '') as subject from jsonb_each_text(p_bodies) as b),
    named as (
      select distinct t.language, m.parts[1] as name
      from texts as t
      cross join lateral regexp_matches(t.subject || ' ' || t.body, '\{\{\s*([^{}\s]*)\s*\}\}', 'g') as m (parts)),
    declared as (select v ->> 'name' as name from jsonb_array_elements(p_variables) as v),
    keys as (
      select distinct s.key
      from portal.request_types as y
      join portal.workflow_versions as w on w.tenant_id = y.tenant_id and w.id = y.current_version_id
      cross join lateral jsonb_object_keys(w.workflow -> 'statuses') as s (key)
      where y.tenant_id = app.tenant_id() and s.key like '%\_%')
    select coalesce(jsonb_agg(jsonb_build_object('language', p.language, 'problem', p.problem, 'what', p.what) order by p.language, p.problem, p.what), '[]')
    from (
      select n.language, 'variable_unknown' as problem, n.name as what from named as n where n.name not in (select d.name from declared as d)
      union all
      select t.language, 'variable_missing', d.name
      from texts as t cross join declared as d
      where not exists (select from named as n where n.language = t.language and n.name = d.name)
      union all
      select t.language, 'text_too_long', length(t.body)::text from texts as t
      where length(t.body) > case p_channel when 'whatsapp' then 1024 when 'sms' then 1600 else 20000 end
      union all
      select t.language, 'subject_too_long', length(t.subject)::text from texts as t where length(t.subject) > 150
      union all
      select t.language, 'text_missing', null from texts as t where btrim(t.body) = ''
      union all
      select t.language, 'subject_missing', null from texts as t where p_channel = 'email' and btrim(t.subject) = ''
      union all
      select 'en', 'text_missing', null where not p_bodies ? 'en'
      union all
      -- the provider refuses these: it cannot tell where such a variable ends
      select t.language, 'begins_or_ends_with_variable', null from texts as t
      where p_channel = 'whatsapp' and (t.body ~ '^\s*\{\{' or t.body ~ '\}\}[.!?]?\s*$' or t.body ~ '\}\}\s*\{\{')
      union all
      -- a guest reads labels; a key may not be told, since it never changes
      select t.language, 'status_key_used', k.key from texts as t join keys as k on t.body ~ ('\m' || k.key || '\M')
    ) as p);
end
$$;

comment on function app.template_problems(text, jsonb, jsonb, jsonb) is
  '[{language, problem, what}], empty when the text can be used: variable_unknown, variable_missing, text_missing, text_too_long, subject_missing, subject_too_long, begins_or_ends_with_variable, status_key_used.';
