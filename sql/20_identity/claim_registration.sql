-- claim_registration: the first of twins goes on, the others find what it made.
-- may:      called by register_tenant
-- refuses:  idempotency_key_reused, twin_in_flight
-- then:     null for the first; for a repeat the tenant and the owner's membership
create or replace function app.claim_registration(p_key text, p_body jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_made record;
begin
  perform set_config('lock_timeout', '10s', true);
  begin
    insert into identity.registrations (key_digest, body_digest) values (app.digest(p_key), app.digest(p_body::text))
    on conflict (key_digest) do nothing;
  exception
    when lock_not_available then
      raise exception 'The same registration is still under way.'
        using errcode = 'PT409', detail = 'twin_in_flight', hint = 'Send it again as it is in a moment.';
  end;
  if found then
    return null;
  end if;
  select r.* into v_made from identity.registrations as r where r.key_digest = app.digest(p_key);
  if v_made.body_digest <> app.digest(p_body::text) then
    raise exception 'This idempotency key was used for another hotel.'
      using errcode = 'PT422', detail = 'idempotency_key_reused', hint = 'Use a new key for a new hotel.';
  end if;
  return jsonb_build_object('tenant_id', v_made.made_tenant_id, 'membership_id', v_made.made_membership_id);
end
$$;

comment on function app.claim_registration(text, jsonb) is 'Claims the key of a registration; a refused one rolls its key back.';
