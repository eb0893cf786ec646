-- answer: an error that must leave a trace is returned, not raised: a raise would roll the counter back.
create or replace function app.answer(p_status integer, p_slug text, p_message text, p_hint text default null, p_retry_after integer default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform set_config('response.status', p_status::text, true);
  if p_retry_after is not null then
    perform set_config('response.headers', jsonb_build_array(jsonb_build_object('Retry-After', p_retry_after::text))::text, true);
  end if;
  return jsonb_build_object('code', 'PT' || p_status, 'message', p_message, 'details', p_slug, 'hint', p_hint);
end
$$;

comment on function app.answer(integer, text, text, text, integer) is
  'Sets the HTTP status (and Retry-After, in seconds) of the answer and gives its body in the one error shape, while the transaction commits.';
