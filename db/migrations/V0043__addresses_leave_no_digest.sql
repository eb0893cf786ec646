/* pgmigrate-encoding: utf-8 */
-- A plain digest of a phone number or a mail address is found by trying all there are: what carries one is renamed.

update public.notification_log as n
set dedupe_key = substring(n.dedupe_key from '^(unknown_number:|messages_stopped:|messages_resumed:)') || n.id
where n.dedupe_key ~ '^unknown_number:[0-9a-f]{64}$' or n.dedupe_key ~ '^messages_(stopped|resumed):[0-9a-f]{64}:';
update public.notification_log as n
set dedupe_key = regexp_replace(n.dedupe_key, '[0-9a-f]{12}$', n.id::text)
where n.dedupe_key ~ '^mail:invoice:.*:[0-9a-f]{12}$';

-- An open one is raised anew, under its booking, by the next message that fails. The log does not have to keep the old name once more.
do $$
declare
  v_is_followed boolean := exists (
    select from pg_catalog.pg_trigger as t where t.tgrelid = 'public.alerts'::regclass and t.tgname = 'record_change');
begin
  if v_is_followed then
    alter table public.alerts disable trigger record_change;
  end if;
  update public.alerts as a
  set dedupe_key = regexp_replace(a.dedupe_key, '[0-9a-f]{64}$', a.id::text), resolved_at = coalesce(a.resolved_at, now())
  where a.dedupe_key ~ '^pile:[a-z0-9]+:[0-9a-f]{64}$';
  if v_is_followed then
    alter table public.alerts enable trigger record_change;
  end if;
end
$$;
