-- tg_menu_parts__fit_the_menu: prices fit the property's currency, and choices can be read.
-- refuses:  price_does_not_fit, choices_not_readable
-- definer because who edits a menu has no right on the property it looks up.
create or replace function app.tg_menu_parts__fit_the_menu()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_row jsonb := to_jsonb(new);
  v_currency text;
begin
  select p.currency into v_currency
  from public.properties as p
  where p.tenant_id = new.tenant_id
    and p.id = coalesce(
      (v_row ->> 'property_id')::uuid,
      (select m.property_id
       from service_menus.menus as m
       where m.tenant_id = new.tenant_id
         and m.id = coalesce((v_row ->> 'menu_id')::uuid,
                             (select i.menu_id from service_menus.menu_items as i
                              where i.tenant_id = new.tenant_id and i.id = (v_row ->> 'menu_item_id')::uuid))));

  if v_row ? 'choices' and (
       jsonb_array_length(app.array_or_empty(v_row -> 'choices')) not between 1 and 40
       or exists (
         select from jsonb_array_elements(v_row -> 'choices') as c
         where jsonb_typeof(c) <> 'object'
           or coalesce(c ->> 'key', '') !~ '^[a-z0-9][a-z0-9_-]{0,59}$'
           or not app.is_text_per_language(c -> 'label', 1, 120)
           or not c -> 'label' ? 'en'
           or coalesce(jsonb_typeof(c -> 'surcharge'), 'number') <> 'number'
           or coalesce(jsonb_typeof(c -> 'is_sold_out'), 'boolean') <> 'boolean')
       or (select count(distinct c ->> 'key') from jsonb_array_elements(v_row -> 'choices') as c) <> jsonb_array_length(v_row -> 'choices')) then
    raise exception 'The choices cannot be read.'
      using errcode = 'PT422', detail = 'choices_not_readable',
            hint = 'Give 1 to 40 of {"key": "fried", "label": {"en": "Fried"}, "surcharge": 0, "is_sold_out": false}, each with a key of its own.';
  end if;
  if exists (
       select from (select (v_row ->> 'price')::numeric as amount
                    union all select (v_row ->> 'price_per_person')::numeric
                    union all select (c ->> 'surcharge')::numeric from jsonb_array_elements(app.array_or_empty(v_row -> 'choices')) as c) as a
       where a.amount < 0 or a.amount >= 100000000 or not app.fits_currency(a.amount, v_currency)) then
    raise exception 'A price does not fit %.', app.printed(coalesce(v_currency, 'the menu'))
      using errcode = 'PT422', detail = 'price_does_not_fit', hint = 'Not negative, and no more decimals than the currency has.';
  end if;
  new.updated_at := app.now();
  return new;
end
$$;

alter function app.tg_menu_parts__fit_the_menu() owner to engine;
comment on function app.tg_menu_parts__fit_the_menu() is
  'Holds every price and surcharge of a menu against its property''s currency, and a group''s choices against their shape.';

create or replace trigger menus__fit before insert or update on service_menus.menus
  for each row execute function app.tg_menu_parts__fit_the_menu();
create or replace trigger menu_items__fit before insert or update on service_menus.menu_items
  for each row execute function app.tg_menu_parts__fit_the_menu();
create or replace trigger sides__fit before insert or update on service_menus.sides
  for each row execute function app.tg_menu_parts__fit_the_menu();
create or replace trigger drinks__fit before insert or update on service_menus.drinks
  for each row execute function app.tg_menu_parts__fit_the_menu();
create or replace trigger choice_groups__fit before insert or update on service_menus.choice_groups
  for each row execute function app.tg_menu_parts__fit_the_menu();
