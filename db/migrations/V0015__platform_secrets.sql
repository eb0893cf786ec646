/* pgmigrate-encoding: utf-8 */
-- The platform's people: every secret of a session is kept, so that an old one is known for what it is.

create table identity.platform_secrets (
  digest bytea primary key,
  session_id uuid not null references identity.platform_sessions (id) on delete cascade,
  parent_digest bytea references identity.platform_secrets (digest),
  used_at timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now()
);
create index platform_secrets_by_session on identity.platform_secrets (session_id);
create index platform_secrets_by_parent on identity.platform_secrets (parent_digest);
comment on table identity.platform_secrets is 'Secrets that opened a platform session, by their sha256: one family a session, each after its parent.';
comment on column identity.platform_secrets.used_at is 'When it was shown and gave way to the next.';
comment on column identity.platform_secrets.withdrawn_at is 'Given, never shown, and replaced: whoever shows it now is not the browser it was meant for.';

insert into identity.platform_secrets (digest, session_id)
select s.secret_digest, s.id from identity.platform_sessions as s;

alter table identity.platform_sessions add column told_at timestamptz;
comment on column identity.platform_sessions.told_at is 'When its person read why it was ended, where it was ended for them.';

-- half a day of a few people, and no code of before runs beside this release
-- squawk-ignore ban-drop-column
alter table identity.platform_sessions drop column secret_digest;
-- squawk-ignore ban-drop-column
alter table identity.platform_sessions drop column previous_digest;
-- squawk-ignore ban-drop-column
alter table identity.platform_sessions drop column rotated_at;
