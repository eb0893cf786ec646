-- forgive_login: the password was right, so this was no failure.
create or replace function app.forgive_login(p_buckets text[], p_is_whole boolean default true)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- lock: account, address, network
  perform from identity.login_locks as l where l.bucket = any (p_buckets) order by l.bucket for update;
  delete from identity.login_locks as l where l.bucket = any (p_buckets) and (p_is_whole and l.bucket like 'account:%' or l.failures <= 1);
  update identity.login_locks as l
  set failures = l.failures - 1,
      locked_until = case when app.login_lock_seconds(l.bucket, l.failures - 1) is not null then l.locked_until end
  where l.bucket = any (p_buckets);
end
$$;

comment on function app.forgive_login(text[], boolean) is 'Forgets an account''s failures, if it is whoever signed in who made them (p_is_whole); an address and its network only lose the one that was counted in advance, so that an own account opens no door to guess at others.';
