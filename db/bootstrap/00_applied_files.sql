-- What `staybase migrate` remembers: which file was applied with which text, and what it made.
-- Needed before anything else, to know what has changed and what no longer has a file.

create schema if not exists app;

create table if not exists app.applied_files (
  path text not null primary key,
  digest text not null,
  applied_at timestamptz not null default now()
);

comment on table app.applied_files is 'Files of db/bootstrap and sql/ as they were last applied; a changed digest applies a file again.';

create table if not exists app.applied_objects (
  path text not null references app.applied_files (path) on delete cascade,
  kind text not null,
  identity text not null,
  primary key (path, kind, identity)
);

comment on table app.applied_objects is
  'The functions, views, policies and triggers that each file made; one that no file makes any more is swept.';
comment on column app.applied_objects.identity is 'As pg_identify_object spells it.';
