-- register_guest: a person who stays, known again when name, phone, e-mail and language are the same.
-- Only by who may read that guest's file: the id in the answer would tell anybody else that they guessed the phone.
-- For them it is a new guest each time, whom someone with hotel:guests:read can put right.
-- refuses:  field_unknown, field_invalid, guest_has_a_name, guest_phone_is_e164, guest_language_is_a_code
create or replace function app.register_guest(p_guest jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_phone text := app.e164_phone(p_guest ->> 'phone');
  v_email text := nullif(lower(btrim(p_guest ->> 'email')), '');
  v_language text := coalesce(nullif(lower(btrim(p_guest ->> 'language')), ''), 'en');
  v_first_name text := coalesce(btrim(p_guest ->> 'first_name'), '');
  v_last_name text := coalesce(btrim(p_guest ->> 'last_name'), '');
  v_id uuid;
begin
  perform app.refuse_unknown_fields(p_guest, 'guest', array[
    'first_name', 'last_name', 'phone', 'email', 'language', 'nationality', 'id_type', 'id_number', 'address',
    'dietary_notes', 'notes']);
  if length(v_first_name) not between 1 and 100 or length(v_last_name) not between 1 and 100 then
    raise exception 'A guest has a first and a last name.'
      using errcode = 'PT422', detail = 'guest_has_a_name', hint = 'Give guest.first_name and guest.last_name.';
  end if;
  if length(v_email) > 254
     or exists (select from jsonb_each_text(p_guest) as f
                where f.key not in ('first_name', 'last_name', 'phone', 'email', 'language') and length(f.value) > 2000) then
    raise exception 'A field of the guest is too long.'
      using errcode = 'PT422', detail = 'field_invalid', hint = 'email up to 254 characters, the others up to 2000.';
  end if;
  if v_language !~ '^[a-z]{2}$' then
    raise exception 'The guest''s language is not a code of two letters.'
      using errcode = 'PT422', detail = 'guest_language_is_a_code', hint = 'Give en, es or another ISO 639-1 code.';
  end if;

  select g.id into v_id
  from public.guests as g
  where g.tenant_id = app.tenant_id()
    and g.phone = v_phone
    and (lower(g.first_name), lower(g.last_name), g.language) = (lower(v_first_name), lower(v_last_name), v_language)
    and g.email is not distinct from v_email
    and app.can('hotel:guests:read')
    and (app.sees_all_properties() or exists (
      select from public.bookings as b
      where b.tenant_id = g.tenant_id and b.guest_id = g.id and app.sees_property(b.property_id)))
  order by g.created_at
  limit 1;

  if v_id is null then
    insert into public.guests (tenant_id, first_name, last_name, phone, email, language, nationality, id_type, id_number,
                               address, dietary_notes, notes, created_at, updated_at)
    values (app.tenant_id(), v_first_name, v_last_name, v_phone, v_email, v_language, p_guest ->> 'nationality',
            p_guest ->> 'id_type', p_guest ->> 'id_number', p_guest ->> 'address', p_guest ->> 'dietary_notes',
            p_guest ->> 'notes', app.now(), app.now())
    returning id into v_id;
  end if;
  return v_id;
end
$$;

comment on function app.register_guest(jsonb) is
  'The guest''s id: {first_name, last_name, phone, email, language, …}. Recognised only for a caller who may read that guest. Without a phone nobody is recognised: two people may share a name.';
