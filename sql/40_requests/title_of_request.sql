-- title_of_request: what is wanted in a few words, per language.
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.title_of_request(p_request jsonb, p_type portal.request_types, p_basket jsonb, p_time_zone text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_object_agg(k.language, left(coalesce(
      case when app.session_role() <> 'guest' then nullif(btrim(p_request ->> 'title'), '') end,
      p_basket -> 'title' ->> k.language,
      (select string_agg(case when (l.value ->> 'quantity')::integer > 1 then (l.value ->> 'quantity') || ' × ' else '' end
                         || coalesce(l.value -> 'name' ->> k.language, l.value -> 'name' ->> 'en'), ', ' order by l.ordinality)
       from jsonb_array_elements(p_basket -> 'lines') with ordinality as l),
      (select concat_ws(' · ', coalesce(s -> 'label' ->> k.language, s -> 'label' ->> 'en'),
                        app.wish_text(p_type, p_request ->> 'subtype', p_request, k.language))
       from jsonb_array_elements(p_type.subtypes) as s where s ->> 'key' = p_request ->> 'subtype'),
      concat_ws(' · ', coalesce(p_type.guest_label ->> k.language, p_type.guest_label ->> 'en'),
                case when p_type.asks #>> '{scheduled_for,within}' = 'stay'
                     then app.moment_text((p_request ->> 'scheduled_for')::timestamptz, p_time_zone, k.language) end)), 200))
    from (values ('en'), ('es'), ('ur')) as k (language));
end
$$;

comment on function app.title_of_request(jsonb, portal.request_types, jsonb, text) is
  'A member''s own title, else the basket''s, else the lines ("2 × Bath towel, Cola"), else the subtype with what exactly it asks for, else the type, with its time where that is a moment of the stay.';
