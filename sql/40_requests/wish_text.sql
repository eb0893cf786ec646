-- wish_text: what exactly was wished, in a few words.
create or replace function app.wish_text(p_type portal.request_types, p_subtype text, p_inputs jsonb, p_language text)
returns text
language sql
stable
set search_path = ''
as $$
  select string_agg(case f.value ->> 'type'
      when 'date' then app.date_text((p_inputs ->> f.key)::date, p_language)
      when 'choice' then coalesce(f.value #>> array['option_labels', p_inputs ->> f.key, p_language],
                                  f.value #>> array['option_labels', p_inputs ->> f.key, 'en'], p_inputs ->> f.key)
      when 'room_type' then (select t.name from public.room_types as t where t.tenant_id = p_type.tenant_id and t.code = p_inputs ->> f.key)
      when 'time' then p_inputs ->> f.key
    end, ' · ' order by f.key desc)
  from jsonb_each(app.asks_of_subtype(p_type, p_subtype)) as f
  where p_inputs ? f.key
$$;

comment on function app.wish_text(portal.request_types, text, jsonb, text) is 'The inputs a subtype asks for, as they are said: 15:00, Sunday 27 April, Deluxe, Birthday. Free text is left out; null when nothing was given.';
