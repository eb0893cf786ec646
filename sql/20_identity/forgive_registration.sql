-- forgive_registration: a hotel was made, or a repeat found its own: nobody was sounding out e-mails.
-- may:      service, for the function auth-register
-- refuses:  nothing
-- then:     the try no longer counts among those that made nothing
-- real clock: limits
create or replace function app.forgive_registration(p_address text)
returns void
language sql
volatile
security definer
set search_path = ''
as $$
  update app.limits as l set hits = l.hits - 1
  from unnest(app.registration_buckets(p_address)) as b (bucket)
  where l.bucket = b.bucket and l.hits > 0
    and l.window_start = date_bin(interval '1 hour', clock_timestamp(), timestamptz '2000-01-01')
$$;

alter function app.forgive_registration(text) owner to engine;
comment on function app.forgive_registration(text) is 'Takes back what begin_registration counted for the address and its network; the count of twenty stays.';
