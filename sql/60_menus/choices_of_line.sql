-- choices_of_line: what was chosen with a dish, held against its groups.
-- may:      called by basket_of_menu_order
-- refuses:  choices_invalid, choice_gone, sold_out
create or replace function app.choices_of_line(p_item_id uuid, p_name jsonb, p_choices jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_given jsonb := coalesce(nullif(p_choices, 'null'), '{}');
  v_group service_menus.choice_groups;
  v_keys text[];
  v_chosen jsonb := jsonb '[]';
  v_key text;
  v_choice jsonb;
  v_left text;
begin
  if jsonb_typeof(v_given) <> 'object'
     or exists (select from jsonb_each(v_given) as g where jsonb_typeof(g.value) <> 'array')
     or jsonb_path_exists(v_given, '$.*[*] ? (@.type() != "string")') then
    raise exception 'The choices of "%" cannot be read.', app.printed(app.label(p_name))
      using errcode = 'PT422', detail = 'choices_invalid', hint = 'Give {"<group>": ["<key>"]}.';
  elsif exists (select from jsonb_object_keys(v_given) as k
                where not exists (select from service_menus.choice_groups as g
                                  where g.tenant_id = app.tenant_id() and g.menu_item_id = p_item_id and g.state = 'active' and g.id::text = k)) then
    raise exception 'Something chosen with "%" is gone.', app.printed(app.label(p_name))
      using errcode = 'PT409', detail = 'choice_gone', hint = 'Look at the menu once more.';
  end if;

  for v_group in
    select g.* from service_menus.choice_groups as g
    where g.tenant_id = app.tenant_id() and g.menu_item_id = p_item_id and g.state = 'active'
    order by g.position, g.id
  loop
    select coalesce(array_agg(distinct k), '{}') into v_keys from jsonb_array_elements_text(coalesce(v_given -> v_group.id::text, '[]')) as k;
    select string_agg(app.label(c -> 'label'), ', ') into v_left
    from jsonb_array_elements(v_group.choices) as c where not coalesce((c ->> 'is_sold_out')::boolean, false);
    foreach v_key in array v_keys loop
      select c into v_choice from jsonb_array_elements(v_group.choices) as c where c ->> 'key' = v_key;
      if v_choice is null then
        raise exception 'Something chosen with "%" is gone.', app.printed(app.label(p_name))
          using errcode = 'PT409', detail = 'choice_gone', hint = coalesce('Instead: ' || v_left || '.', 'Reception knows what else there is.');
      elsif (v_choice ->> 'is_sold_out')::boolean then
        raise exception '"%" is sold out.', app.printed(app.label(v_choice -> 'label'))
          using errcode = 'PT409', detail = 'sold_out', hint = coalesce('Instead: ' || v_left || '.', 'Reception knows what else there is.');
      end if;
      v_chosen := v_chosen || jsonb_build_object('group_id', v_group.id, 'group', v_group.name, 'key', v_key, 'label', v_choice -> 'label',
                                                 'surcharge', coalesce((v_choice ->> 'surcharge')::numeric, 0));
    end loop;
    if cardinality(v_keys) not between v_group.min_choices and v_group.max_choices then
      raise exception 'With "%": "%", % to %.', app.printed(app.label(p_name)), app.printed(app.label(v_group.name)),
          app.printed(v_group.min_choices), app.printed(v_group.max_choices)
        using errcode = 'PT422', detail = 'choices_invalid', hint = v_group.id::text;
    end if;
  end loop;
  return v_chosen;
end
$$;

comment on function app.choices_of_line(uuid, jsonb, jsonb) is
  'Reads {group id: [key]} of a dish: every active group with as many choices as it wants, none gone, none sold out. Answers [{group_id, group, key, label, surcharge}].';
