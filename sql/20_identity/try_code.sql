-- try_code: whether a code opens a stay just now, with every wrong try counted.
-- may:      called by portal_resolve_code and open_portal_session
-- refuses:  nothing: refusals are answered, so that the counters survive
-- then:     the booking's tenant stands; a burst over all addresses is told once
-- real clock: a limit is no rule of the hotel
create or replace function app.try_code(
  p_code text,
  p_address text,
  p_device_digest bytea,
  out outcome text,
  out retry_after integer,
  out booking_id uuid,
  out state text,
  out is_known_device boolean,
  out must_prove boolean
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_minute constant interval := interval '1 minute';
  c_burst_window constant interval := interval '10 minutes';
  c_burst constant integer := 200;
  v_address_bucket text := 'code:' || coalesce(p_address, 'unknown');
  v_network_bucket text := 'code-net:' || app.network_of(coalesce(p_address, ''));
  v_tenant_id uuid;
begin
  select r.tenant_id, r.booking_id into v_tenant_id, booking_id from app.resolve_code(p_code) as r;
  perform app.set_caller(v_tenant_id);

  is_known_device := exists (
    select from identity.seen_devices as d
    where d.tenant_id = v_tenant_id and d.booking_id = try_code.booking_id and d.device_digest = p_device_digest);
  if not is_known_device then
    retry_after := app.code_wait(p_address);
  end if;
  if retry_after is not null then
    outcome := 'throttled';
    return;
  end if;

  select app.stay_state(b.status, b.checkin_status, b.check_in, b.check_out, app.today_in(p.time_zone))
  into state
  from public.bookings as b
  join public.properties as p on p.tenant_id = b.tenant_id and p.id = b.property_id
  join public.guests as g on g.tenant_id = b.tenant_id and g.id = b.guest_id and g.erased_at is null
  where b.tenant_id = v_tenant_id
    and b.id = try_code.booking_id
    and app.code_is_alive(b.checkin_status, b.check_out, b.checked_out_on, app.today_in(p.time_zone));

  if state is null then
    perform app.set_caller(null);
    booking_id := null;
    perform app.count_hit(v_address_bucket, c_minute), app.count_hit(v_network_bucket, c_minute);
    -- of many at the same moment those beyond the limit learn nothing
    retry_after := app.code_wait(p_address, 11);
    outcome := case when retry_after is null then 'unknown' else 'throttled' end;
    if app.count_hit('code-all', c_burst_window) >= c_burst then
      perform app.tell_of_guessing(c_burst, c_burst_window);
    end if;
    return;
  end if;

  outcome := 'known';
  must_prove := not is_known_device and app.limit_wait('code-all', c_burst_window, c_burst) is not null;
end
$$;

comment on function app.try_code(text, text, bytea) is
  'outcome known, unknown or throttled. Ten wrong tries a minute an address, a hundred a /24; a device seen before passes. After 200 wrong codes in ten minutes over all addresses unknown devices must prove themselves first (must_prove); nobody is locked out.';
