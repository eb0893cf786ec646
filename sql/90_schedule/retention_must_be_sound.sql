-- retention_must_be_sound: days that can be meant, for classes that there are.
-- may:      called by set_retention
-- refuses:  input_invalid, retention_class_unknown, retention_days_invalid
-- then:     nothing
create or replace function app.retention_must_be_sound(p_is_of_property boolean, p_days jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_class text;
begin
  if jsonb_typeof(p_days) is distinct from 'object' then
    raise exception 'The days cannot be read.'
      using errcode = 'PT422', detail = 'input_invalid', hint = 'Send {"messages": 60}: days by class.';
  end if;

  select d.key into v_class
  from jsonb_object_keys(p_days) as d (key)
  where d.key not in (select c.class from app.retention_classes() as c where c.is_of_property = p_is_of_property)
  order by d.key limit 1;
  if found then
    raise exception 'Nothing called % is kept here.', app.printed(v_class)
      using errcode = 'PT422', detail = 'retention_class_unknown',
            hint = 'Classes here: ' || (select string_agg(c.class, ', ') from app.retention_classes() as c where c.is_of_property = p_is_of_property) || '.';
  end if;

  select c.class into v_class
  from app.retention_classes() as c
  cross join lateral (select p_days -> c.class as days) as d
  where not case jsonb_typeof(d.days)
    when 'number' then (d.days #>> '{}')::numeric between case c.class when 'invoices' then 1461 else 1 end and 3650 and (d.days #>> '{}')::numeric % 1 = 0
    when 'null' then c.may_be_kept
    else d.days is null
  end
  limit 1;
  if found then
    raise exception 'Days for % are whole, from % to 3650.', app.printed(v_class), app.printed(case v_class when 'invoices' then 1461 else 1 end)
      using errcode = 'PT422', detail = 'retention_days_invalid',
            hint = 'Null, to keep it for ever, is only for: ' || (select string_agg(c.class, ', ') from app.retention_classes() as c where c.may_be_kept) || '.';
  end if;
end
$$;

comment on function app.retention_must_be_sound(boolean, jsonb) is 'Refuses classes of another scope, fractions, text, what is out of range, and keeping for ever what must go. Invoices: 1461 days at least, for no tax office is content with less than four years.';
