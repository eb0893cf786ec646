-- note_beds24_outcome: what became of a version of a booking of Beds24.
-- may:      called by take_beds24_booking
-- refuses:  nothing
-- then:     a problem stands as an alert until a later version, or a mended mapping, makes it good
-- real clock: when it was tried
create or replace function app.note_beds24_outcome(p_import notify.beds24_imports, p_stay jsonb, p_slug text, p_sentence text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := 'beds24_import:' || p_import.id;
begin
  update notify.beds24_imports as i
  set modified_at = coalesce((p_stay ->> 'modified_at')::timestamptz, i.modified_at),
      seen = coalesce(app.beds24_traits(p_stay), i.seen),
      taken = case when p_slug is null then app.beds24_traits(p_stay) else i.taken end,
      outcome = case
        when p_slug is not null then 'problem'
        when i.booking_id is null and i.block_id is null and (p_stay ->> 'leaves_on')::date < app.today(i.property_id) then 'past'
        else 'taken'
      end,
      problem = p_slug, problem_says = p_sentence, tried_at = clock_timestamp()
  where i.tenant_id = p_import.tenant_id and i.id = p_import.id;

  if p_slug is null then
    perform app.resolve_alert(p_import.tenant_id, v_key);
  else
    perform app.raise_alert(
      p_import.tenant_id, p_import.property_id, 'beds24_import', 'high',
      format('Booking %s of Beds24 could not be carried out: %s', p_import.beds24_booking_id, p_sentence),
      jsonb_build_object('import_id', p_import.id, 'beds24_booking_id', p_import.beds24_booking_id, 'booking_id', p_import.booking_id,
                         'problem', p_slug),
      v_key);
  end if;
end
$$;

comment on function app.note_beds24_outcome(notify.beds24_imports, jsonb, text, text) is
  'Keeps a version with its outcome: without a slug it was carried out, with one it waits for a human.';
