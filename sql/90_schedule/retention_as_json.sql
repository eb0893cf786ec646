-- retention_as_json: how long a property keeps each class of data, or the hotel those that belong to no property.
create or replace function app.retention_as_json(p_property_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object(
      'class', c.class, 'label', app.label(c.label), 'days', app.retention_days(p_property_id, c.class),
      'default_days', case when c.is_of_property then app.retention_days(null, c.class) else c.default_days end,
      'may_be_kept', c.may_be_kept) order by c.place)
    from app.retention_classes() with ordinality as c (class, is_of_property, default_days, may_be_kept, label, place)
    where c.is_of_property = (p_property_id is not null));
end
$$;

comment on function app.retention_as_json(uuid) is
  '[{class, label, days, default_days, may_be_kept}]; without a property those of the whole hotel. default_days is what holds where nothing is set; null days: kept for ever.';
