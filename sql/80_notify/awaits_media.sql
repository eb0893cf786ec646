-- awaits_media: whether a file is to be fetched or removed now.
-- real clock: a lease
create or replace function app.awaits_media()
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from portal.request_attachments as a where a.state in ('waiting', 'forgotten') and a.next_try_at <= clock_timestamp())
$$;

comment on function app.awaits_media() is 'Asked by the worker once a second, before it opens a connection for it.';
revoke all on function app.awaits_media() from public, engine;
