/* pgmigrate-encoding: utf-8 */
-- Mail: a template of this channel has a subject beside its text.

alter table notify.templates add column subjects jsonb;
-- no template of this channel was ever seeded: there is no row to look at
-- squawk-ignore constraint-missing-not-valid
alter table notify.templates add constraint mail_has_a_subject check (
  channel <> 'email' or (subjects is not null and jsonb_typeof(subjects) = 'object' and subjects ? 'en'));
-- squawk-ignore constraint-missing-not-valid
alter table notify.templates add constraint only_mail_has_a_subject check (channel = 'email' or subjects is null);
comment on column notify.templates.subjects is '{language: a mail''s subject with {{name}}}; null for every other channel.';
comment on column notify.templates.bodies is '{language: text with {{name}}}; a mail''s may have paragraphs, with an empty line between them.';
comment on column notify.senders.address is 'E.164 without a channel''s prefix; of email an address that the mail server lets us write from.';
