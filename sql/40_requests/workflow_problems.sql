-- workflow_problems: why a request type's document cannot be published.
create or replace function app.workflow_problems(p_type jsonb)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_problems text[] := app.workflow_shape_problems(p_type);
begin
  if cardinality(v_problems) = 0 then
    v_problems := app.workflow_flow_problems(p_type) || app.workflow_system_problems(p_type);
  end if;
  return v_problems;
end
$$;

comment on function app.workflow_problems(jsonb) is
  'Sentences that say what is wrong with a request type''s document (with its "workflow"); empty when it can be published. The shape first: only a document that can be read is asked where it leads. Whether its charges have a tax code depends on the property and is asked by publish_request_type.';
