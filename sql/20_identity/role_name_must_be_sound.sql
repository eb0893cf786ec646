-- role_name_must_be_sound: a role has a name in English, and in other languages if one likes.
-- refuses:  role_name_invalid
create or replace function app.role_name_must_be_sound(p_name jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if not app.is_text_per_language(p_name, 1, 80) or not p_name ? 'en' then
    raise exception 'The role needs a name.'
      using errcode = 'PT422', detail = 'role_name_invalid', hint = 'Give {"en": …} and, if you like, "es" and "ur", of 1 to 80 characters each.';
  end if;
end
$$;

comment on function app.role_name_must_be_sound(jsonb) is 'Refuses a name that is not {language: text} with English among them.';
