-- reason_must_be_given: whoever comes later will ask why.
-- refuses:  reason_missing
create or replace function app.reason_must_be_given(p_reason text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if nullif(btrim(p_reason), '') is null then
    raise exception 'Say why.'
      using errcode = 'PT422', detail = 'reason_missing', hint = 'Give p_reason: a few words are enough.';
  end if;
end
$$;

comment on function app.reason_must_be_given(text) is 'Refuses a reason that is empty.';
