-- original_template: the words that hotels are given at the start.
-- definer because the seeds' own table is nobody's to read, and this part of it is no secret.
create or replace function app.original_template(p_channel text, p_key text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('bodies', r.data -> 'bodies', 'subjects', r.data -> 'subjects')
  from app.reference_data as r
  where r.kind = 'templates' and r.key = p_key and r.data ->> 'channel' = p_channel
$$;

comment on function app.original_template(text, text) is 'A template''s original {bodies, subjects}; null where there is none.';
alter function app.original_template(text, text) owner to engine;
revoke all on function app.original_template(text, text) from public;
grant execute on function app.original_template(text, text) to staff, admin;
