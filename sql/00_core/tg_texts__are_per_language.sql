-- tg_texts__are_per_language: names and descriptions that are edited by lists are texts, each in its language.
-- refuses:  texts_not_readable
-- definer because who edits a list reaches the functions of app through commands only.
create or replace function app.tg_texts__are_per_language()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_row jsonb := to_jsonb(new);
begin
  if not app.is_text_per_language(v_row -> 'name', 0, 120)
     or v_row ? 'description' and not app.is_text_per_language(v_row -> 'description', 0, 4000) then
    raise exception 'Texts are given by language.'
      using errcode = 'PT422', detail = 'texts_not_readable', hint = 'Send {"en": "…"} and, if you like, "es" and "ur"; a name of up to 120 characters each.';
  end if;
  return new;
end
$$;

alter function app.tg_texts__are_per_language() owner to engine;
comment on function app.tg_texts__are_per_language() is
  'Holds name and description of whatever is sold or served against their shape. That a name is there in English is a check of its table.';

create or replace trigger catalog_items__texts before insert or update of name, description on portal.catalog_items
  for each row execute function app.tg_texts__are_per_language();
create or replace trigger catalog_categories__texts before insert or update of name on portal.catalog_categories
  for each row execute function app.tg_texts__are_per_language();
create or replace trigger menus__texts before insert or update of name, description on service_menus.menus
  for each row execute function app.tg_texts__are_per_language();
create or replace trigger menu_items__texts before insert or update of name, description on service_menus.menu_items
  for each row execute function app.tg_texts__are_per_language();
create or replace trigger sides__texts before insert or update of name, description on service_menus.sides
  for each row execute function app.tg_texts__are_per_language();
create or replace trigger drinks__texts before insert or update of name, description on service_menus.drinks
  for each row execute function app.tg_texts__are_per_language();
create or replace trigger choice_groups__texts before insert or update of name on service_menus.choice_groups
  for each row execute function app.tg_texts__are_per_language();
