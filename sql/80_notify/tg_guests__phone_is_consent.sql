-- tg_guests__phone_is_consent: a phone given with a booking is one to write to about the stay.
create or replace function app.tg_guests__phone_is_consent()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.keep_consent(new.tenant_id, new.id, new.phone, 'stay_service', true, 'booking',
                           jsonb_strip_nulls(jsonb_build_object('with', 'booking', 'by', app.actor_id())));
  return null;
end
$$;

comment on function app.tg_guests__phone_is_consent() is 'Keeps the proof of consent to messages about the stay; marketing is asked for by itself.';

create or replace trigger guests__phone_is_consent
  after insert or update of phone on public.guests
  for each row when (new.phone is not null)
  execute function app.tg_guests__phone_is_consent();
