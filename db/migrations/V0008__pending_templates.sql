/* pgmigrate-encoding: utf-8 */
-- A new text waits beside the approved one, which guests go on hearing until the new one is approved.

alter table notify.templates
  add column pending jsonb,
  add constraint template_pending_is_a_whole_text check (pending ?& array['event', 'category', 'content_name', 'variables', 'bodies']);
comment on column notify.templates.pending is 'The seed''s newer {event, category, content_name, variables, bodies} while the row''s own text is approved and this is not.';
