-- templates: what guests are told, in which words, and whether the provider lets them leave.
create or replace view api.templates
with (security_invoker = true) as
select t.id, t.key, t.channel, t.event, t.category, t.status as state, t.variables, t.subjects, t.bodies, t.content_ids,
       t.pending -> 'bodies' as waiting_bodies, t.reference_digest is null as is_edited,
       app.original_template(t.channel, t.key) as house, t.updated_at
from notify.templates as t;

comment on view api.templates is
  'Message texts of the hotel. state: draft, submitted, approved, rejected, paused of the text in bodies; waiting_bodies: a newer one that waits for approval. house: the original {bodies, subjects}, null for the hotel''s own.';
grant select on api.templates to staff, admin;
