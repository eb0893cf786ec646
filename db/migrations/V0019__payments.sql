/* pgmigrate-encoding: utf-8 */
-- Money that came and went, and several bills of one booking.

alter table public.folios add column number integer not null default 1;
alter table public.folios add column payer_name text;
alter table public.folios add column payer_details text;
alter table public.folios
  add constraint folio_number_counts_from_one check (number >= 1) not valid,
  add constraint further_folio_names_its_payer check (number = 1 or payer_name is not null) not valid,
  add constraint payer_name_is_short check (length(payer_name) between 1 and 200) not valid,
  add constraint payer_details_are_short check (length(payer_details) between 1 and 500) not valid;
-- squawk-ignore require-concurrent-index-creation
create unique index folio_of_a_booking_is_numbered on public.folios (tenant_id, booking_id, number);
-- squawk-ignore ban-drop-constraint
alter table public.folios drop constraint booking_has_one_folio;
comment on column public.folios.number is '1: the guest''s own bill, opened on first need. From 2 on bills of others who pay a share: a company, a fellow guest.';
comment on column public.folios.payer_name is 'Who is billed; null on the first: the guest.';
comment on column public.folios.payer_details is 'What the payer wants printed below the name: address, tax number.';

create table public.payments (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  folio_id uuid not null,
  kind text not null,
  method text not null,
  amount numeric(14, 3) not null,
  currency text not null,
  settles numeric(14, 3) not null generated always as (
    case when kind in ('payment', 'capture', 'deposit_applied') then amount when kind in ('refund', 'void') then -amount else 0 end) stored,
  held numeric(14, 3) not null generated always as (
    case when kind = 'deposit' then amount when kind in ('deposit_applied', 'deposit_refund') then -amount else 0 end) stored,
  of_id uuid,
  reference text,
  reason text,
  business_on date not null,
  taken_by uuid,
  taken_by_name text,
  taken_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint payment_kind_is_known check (kind in (
    'payment', 'authorisation', 'capture', 'refund', 'void', 'release', 'deposit', 'deposit_applied', 'deposit_refund')),
  constraint payment_method_is_known check (method in ('cash', 'card', 'transfer', 'other')),
  constraint payment_is_above_nothing check (amount > 0),
  constraint payment_fits_its_currency check (app.fits_currency(amount, currency)),
  constraint payment_says_what_it_follows check ((of_id is null) = (kind in ('payment', 'authorisation', 'deposit'))),
  constraint money_given_back_says_why check (kind not in ('refund', 'void', 'release', 'deposit_refund') or reason is not null),
  constraint authorisation_is_of_a_card check (kind <> 'authorisation' or method = 'card'),
  constraint payment_reference_is_short check (length(reference) between 1 and 120),
  constraint payment_reason_is_short check (length(reason) between 1 and 500),
  foreign key (tenant_id, folio_id) references public.folios (tenant_id, id),
  foreign key (tenant_id, of_id) references public.payments (tenant_id, id)
);
create index payments_by_folio on public.payments (tenant_id, folio_id, taken_at);
create index payments_by_origin on public.payments (tenant_id, of_id) where of_id is not null;
create unique index payment_is_voided_or_captured_once on public.payments (tenant_id, of_id) where kind in ('void', 'release', 'capture');
comment on table public.payments is 'Money of folios as it came and went. Never updated, never deleted; written by app.record_payment alone.';
comment on column public.payments.kind is
  'payment, authorisation (a card''s hold), capture (of an authorisation), refund (of a payment or capture), void (of cash in the same shift), release (of an authorisation), deposit, deposit_applied, deposit_refund.';
comment on column public.payments.settles is 'By how much it lowers what the folio owes; below 0 it raises it. A deposit settles nothing until it is applied.';
comment on column public.payments.held is 'By how much it raises the deposits that the house holds for the booking: a liability until applied or given back.';
comment on column public.payments.of_id is 'The payment, authorisation or deposit that it captures, gives back, ends or draws on.';
comment on column public.payments.reference is 'Terminal''s slip, transfer''s reference. No card numbers.';
comment on column public.payments.business_on is 'Business date of the property it belongs to.';
