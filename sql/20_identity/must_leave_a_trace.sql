-- must_leave_a_trace: a try that is to be counted can neither be taken back nor told apart by how it fails.
-- Whoever shapes the answer (a cast, a filter) could make it fail for a wrong try alone, and a failure rolls the counter back.
-- may:      called first by commands that count tries
-- refuses:  method_not_allowed, answer_is_taken_whole
-- then:     nothing
create or replace function app.must_leave_a_trace()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if current_setting('transaction_read_only')::boolean then
    raise exception 'This is asked by POST.'
      using errcode = 'PT405', detail = 'method_not_allowed', hint = 'POST it: every try is counted.';
  elsif current_query() ~ '\mpgrst_source\M' and current_query() ~* '\m(where|cast)\M|->>?\s*\$' then
    raise exception 'This answer is taken whole.'
      using errcode = 'PT400', detail = 'answer_is_taken_whole', hint = 'Ask without select and without filters.';
  end if;
end
$$;

comment on function app.must_leave_a_trace() is
  'Refuses a read-only call, and a PostgREST query that does more with the answer than hand it over. Asked before anything is looked at, so that both refusals are the same for a right and a wrong try.';
