-- guest_must_be_erasable: nothing is still to come of the guest, and nothing is owed.
-- may:      called by make_guest_nobody
-- refuses:  guest_has_a_stay, folio_not_settled
-- then:     nothing
create or replace function app.guest_must_be_erasable(p_guest_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_obstacles text[] := array(select o.slug from app.erasure_obstacles(p_guest_id) as o);
begin
  if 'guest_has_a_stay' = any (v_obstacles) then
    raise exception 'The guest is in house or still expected.'
      using errcode = 'PT409', detail = 'guest_has_a_stay', hint = 'Check the guest out or cancel the booking first.';
  end if;
  if 'folio_not_settled' = any (v_obstacles) then
    raise exception 'A folio of the guest is still open.'
      using errcode = 'PT409', detail = 'folio_not_settled', hint = 'Settle it first.';
  end if;
end
$$;

comment on function app.guest_must_be_erasable(uuid) is 'Refuses a guest whom something of app.erasure_obstacles still holds.';
