-- template_as_json: a template as its commands answer it.
create or replace function app.template_as_json(p_template notify.templates)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p_template.id, 'key', p_template.key, 'channel', p_template.channel, 'state', p_template.status,
    'is_edited', p_template.reference_digest is null, 'waits', p_template.pending is not null)
$$;

comment on function app.template_as_json(notify.templates) is
  '{id, key, channel, state, is_edited: not the original text, waits: a newer text waits for its approval while the approved one stays in use}.';
