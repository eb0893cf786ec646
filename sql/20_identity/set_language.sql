-- set_language: the language someone reads in.
-- may:      any member or guest, for themselves
-- refuses:  language_unknown, second_fact_needed
-- then:     pages and messages follow it
create or replace function api.set_language(p_language text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if p_language is null or p_language not in ('en', 'es', 'ur') then
    raise exception 'This language is not spoken here yet.'
      using errcode = 'PT422', detail = 'language_unknown', hint = 'Choose en, es or ur.';
  end if;
  if app.session_role() = 'guest' then
    if app.level() = 'unproven' then
      perform app.require_identified();
    end if;
    update public.guests as g set language = p_language
    from public.bookings as b
    where b.tenant_id = app.tenant_id() and b.id = app.booking_id()
      and g.tenant_id = b.tenant_id and g.id = b.guest_id;
  else
    update identity.memberships as m set language = p_language
    where m.tenant_id = app.tenant_id() and m.id = app.actor_id();
  end if;
  return jsonb_build_object('language', p_language);
end
$$;

alter function api.set_language(text) owner to engine;
comment on function api.set_language(text) is 'Sets the caller''s own language: en, es or ur. The same again changes nothing.';
revoke all on function api.set_language(text) from public;
grant execute on function api.set_language(text) to guest, staff, admin;
