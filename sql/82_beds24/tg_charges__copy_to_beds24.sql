-- copy_to_beds24: what is posted is copied, a reversal as a line below nothing.
-- The room itself is not: its price came from there.
create or replace function app.tg_charges__copy_to_beds24()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_pieces integer := abs(new.quantity);
  v_each numeric := new.gross / v_pieces;
begin
  if new.category <> 'room' then
    -- what does not divide is one piece
    if round(v_each, app.currency_exponent(new.currency)) <> v_each then
      v_pieces := 1;
      v_each := new.gross;
    end if;
    perform app.copy_to_beds24(
      new.folio_id, 'charge', new.id, coalesce(new.description ->> 'en', new.category), v_pieces,
      round(v_each, app.currency_exponent(new.currency)));
  end if;
  return null;
end
$$;

comment on function app.tg_charges__copy_to_beds24() is 'Queues the copy of a charge for Beds24, with its cause.';

create or replace trigger copy_to_beds24
  after insert on public.charges
  for each row execute function app.tg_charges__copy_to_beds24();
