-- tg_postings__never_change: charges, their taxes and money that moved are never changed, by anyone.
-- refuses:  postings_are_never_changed
create or replace function app.tg_postings__never_change()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception 'A posting is never edited or deleted.'
    using errcode = 'PT409', detail = 'postings_are_never_changed', hint = 'Reverse a charge and post anew; void or refund a payment.';
end
$$;

comment on function app.tg_postings__never_change() is 'Refuses every update, delete and truncate of charges, charge_taxes and payments, the superuser''s too.';

create or replace trigger charges__never_change
  before update or delete or truncate on public.charges
  for each statement execute function app.tg_postings__never_change();

create or replace trigger charge_taxes__never_change
  before update or delete or truncate on public.charge_taxes
  for each statement execute function app.tg_postings__never_change();

create or replace trigger payments__never_change
  before update or delete or truncate on public.payments
  for each statement execute function app.tg_postings__never_change();
