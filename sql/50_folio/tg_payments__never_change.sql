-- tg_payments__never_change: money that moved is never changed, by anyone.
-- refuses:  postings_are_never_changed
create or replace function app.tg_payments__never_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'A payment is never edited or deleted.'
    using errcode = 'PT409', detail = 'postings_are_never_changed', hint = 'Void or refund it.';
end
$$;

comment on function app.tg_payments__never_change() is 'Refuses every update, delete and truncate of payments, the superuser''s too.';

create or replace trigger payments__never_change
  before update or delete or truncate on public.payments
  for each statement execute function app.tg_payments__never_change();
