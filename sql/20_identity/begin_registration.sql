-- begin_registration: somebody wants to register a hotel.
-- may:      service, for the function auth-register
-- refuses:  nothing: outcome says locked, so that the counters survive
-- then:     the try counts, for the address, for its network and like a sign-in; a burst alerts the platform
-- Tries that made no hotel are few, five an hour: forgive_registration takes back those that did, of which there may
-- be twenty.
create or replace function app.begin_registration(p_email text, p_address text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_window constant interval := interval '1 hour';
  c_most constant integer := 20;
  c_most_unmade constant integer := 5;
  v_bucket text := 'register:' || coalesce(p_address, 'unknown');
  v_unmade text[] := app.registration_buckets(p_address);
  v_wait integer := greatest(
    app.limit_wait(v_bucket, c_window, c_most),
    app.limit_wait(v_unmade[1], c_window, c_most_unmade), app.limit_wait(v_unmade[2], c_window, c_most_unmade));
begin
  -- of many at the same moment those beyond the limit wait too
  if v_wait is null
     and (app.count_hit(v_bucket, c_window) > c_most
          or app.count_hit(v_unmade[1], c_window) > c_most_unmade or app.count_hit(v_unmade[2], c_window) > c_most_unmade) then
    v_wait := greatest(1, app.limit_wait(v_unmade[1], c_window, c_most_unmade));
  end if;
  if v_wait is not null then
    insert into app.platform_alerts (kind, dedupe_key, details)
    select 'registration_burst', 'registration_burst:' || app.now(), '{}'
    where not exists (select from app.platform_alerts as a where a.kind = 'registration_burst' and a.resolved_at is null)
    on conflict (dedupe_key) do nothing;
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  v_wait := app.count_login(app.login_buckets(p_email, p_address));
  if v_wait is not null then
    return jsonb_build_object('outcome', 'locked', 'retry_after', v_wait);
  end if;
  return jsonb_build_object('outcome', 'ready');
end
$$;

alter function app.begin_registration(text, text) owner to engine;
comment on function app.begin_registration(text, text) is
  '{outcome: locked, retry_after} or {outcome: ready}, whether or not the e-mail has an account. Five an hour for an address and for its network that make no hotel, twenty for an address in all.';
