-- booking_of_key: the booking that a key has already made.
-- refuses:  idempotency_key_reused
create or replace function app.booking_of_key(p_key text, p_asked_digest bytea)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking record;
begin
  if p_key is null then
    return null;
  end if;
  -- lock: a twin in flight finishes first
  perform pg_advisory_xact_lock(hashtextextended(app.tenant_id() || ':booking:' || p_key, 0));

  select b.id, b.asked_digest into v_booking
  from public.bookings as b
  where b.tenant_id = app.tenant_id() and b.idempotency_digest = app.digest(p_key);
  if found and v_booking.asked_digest is distinct from p_asked_digest then
    raise exception 'This idempotency key was used for another booking.'
      using errcode = 'PT422', detail = 'idempotency_key_reused', hint = 'Use a new key for a new booking.';
  end if;
  return v_booking.id;
end
$$;

comment on function app.booking_of_key(text, bytea) is 'The id of the booking made with this key, null when there is none yet; nobody else makes one until the transaction ends.';
