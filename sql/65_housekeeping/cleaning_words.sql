-- cleaning_words: what holds of a stay's daily cleaning, as its guest reads it.
create or replace function app.cleaning_words(p_booking public.bookings)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_time text := to_char(coalesce(p_booking.cleaning_pref_time, (app.cleaning_times(p_booking.property_id) ->> 'house')::time), 'HH24:MI');
begin
  return case
    when p_booking.auto_daily_cleaning then jsonb_build_object(
      'en', format('Daily cleaning is on, around %s', v_time), 'es', format('Limpieza diaria activada, hacia las %s', v_time),
      'ur', format('روزانہ صفائی ہوگی، تقریباً %s بجے', v_time))
    else '{"en": "Daily cleaning is off", "es": "Limpieza diaria desactivada", "ur": "روزانہ صفائی نہیں ہوگی"}'
  end;
end
$$;

comment on function app.cleaning_words(public.bookings) is '{language: whether the room is cleaned every day, and around when, in the property''s time}.';
