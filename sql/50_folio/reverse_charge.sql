-- reverse_charge: a posting is never edited; it is posted once more with the signs turned.
-- may:      hotel:charges:reverse
-- refuses:  charge_not_found, charge_is_reversed_once, reversal_is_final, reason_missing, folio_closed
-- then:     the reversal with its taxes; event
create or replace function api.reverse_charge(p_charge_id uuid, p_reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_charge public.charges;
  v_reversal_id uuid;
begin
  perform app.require('hotel:charges:reverse');
  select c.* into v_charge
  from public.charges as c
  join public.folios as f on f.tenant_id = c.tenant_id and f.id = c.folio_id
  where c.tenant_id = app.tenant_id() and c.id = p_charge_id and app.sees_property(f.property_id);
  if not found then
    raise exception 'There is no such charge.' using errcode = 'PT404', detail = 'charge_not_found';
  elsif v_charge.reverses_id is not null then
    raise exception 'A reversal cannot be reversed.' using errcode = 'PT409', detail = 'reversal_is_final', hint = 'Post the charge anew.';
  elsif length(btrim(coalesce(p_reason, ''))) not between 1 and 500 then
    raise exception 'Say why.' using errcode = 'PT422', detail = 'reason_missing', hint = 'p_reason';
  end if;

  v_reversal_id := app.reverse_posting(v_charge, btrim(p_reason));
  return app.charge_as_json(v_reversal_id);
end
$$;

alter function api.reverse_charge(uuid, text) owner to engine;
comment on function api.reverse_charge(uuid, text) is 'Reverses a charge with its taxes on today''s business date. Once: a second call is refused with charge_is_reversed_once and changes nothing.';
revoke all on function api.reverse_charge(uuid, text) from public;
grant execute on function api.reverse_charge(uuid, text) to staff, admin;
