-- tg_codes__never_change: a code once given stands for its booking for ever.
-- refuses:  codes_are_never_reused
create or replace function app.tg_codes__never_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'A portal code is never changed or deleted.'
    using errcode = 'PT409', detail = 'codes_are_never_reused',
          hint = 'A code dies by itself a week after the stay.';
end
$$;

comment on function app.tg_codes__never_change() is 'Refuses every update and delete: were a row to go, its code could be given to someone else.';

create or replace trigger codes__never_change
  before update or delete on portal.codes
  for each row execute function app.tg_codes__never_change();
