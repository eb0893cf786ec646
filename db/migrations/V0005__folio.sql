/* pgmigrate-encoding: utf-8 */
-- The folio: append-only charges with their taxes, one writer.

create table public.folios (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  booking_id uuid not null,
  property_id uuid not null,
  currency text not null,
  tax_mode text not null,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_note text,
  primary key (tenant_id, id),
  constraint booking_has_one_folio unique (tenant_id, booking_id),
  constraint folio_tax_mode_is_known check (tax_mode in ('inclusive', 'exclusive')),
  foreign key (tenant_id, property_id, booking_id) references public.bookings (tenant_id, property_id, id)
);
comment on table public.folios is 'The bill of a booking. Closed, it takes nothing more.';

create table public.charges (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  folio_id uuid not null,
  category text not null,
  description jsonb not null,
  quantity integer not null,
  unit_price numeric(14, 3) not null,
  net numeric(14, 3) not null,
  tax_total numeric(14, 3) not null,
  gross numeric(14, 3) not null,
  currency text not null,
  business_on date not null,
  source text not null,
  request_id uuid,
  reverses_id uuid,
  reason text,
  posted_by uuid,
  posted_by_name text,
  posted_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint charge_is_posted_once_for_its_source unique (tenant_id, source),
  constraint charge_is_reversed_once unique (tenant_id, reverses_id),
  constraint charge_category_is_known check (category in (
    'room', 'room_service', 'grocery', 'airport_transfer', 'laundry', 'late_checkout', 'early_checkin', 'extension', 'event', 'fee', 'adjustment', 'other')),
  constraint charge_adds_up check (gross = net + tax_total),
  constraint charge_quantity_is_not_zero check (quantity <> 0),
  constraint charge_fits_its_currency check (
    app.fits_currency(net, currency) and app.fits_currency(tax_total, currency) and app.fits_currency(gross, currency)),
  constraint reversal_says_why check ((reverses_id is null) or (reason is not null)),
  foreign key (tenant_id, folio_id) references public.folios (tenant_id, id),
  foreign key (tenant_id, request_id) references portal.requests (tenant_id, id),
  foreign key (tenant_id, reverses_id) references public.charges (tenant_id, id)
);
create index charges_by_folio on public.charges (tenant_id, folio_id, posted_at);
create index charges_by_request on public.charges (tenant_id, request_id) where request_id is not null;
comment on table public.charges is 'Lines of folios. Never updated, never deleted; written by app.post_charge alone.';
comment on column public.charges.description is 'What it was for, per language: {en, es}.';
comment on column public.charges.source is 'What brought it about, once: request:<id>:line:<n>, request:<id>, manual:<id>, reversal:<charge id>.';
comment on column public.charges.business_on is 'Business date of the property it belongs to, not the instant of posting.';

create table public.charge_taxes (
  tenant_id uuid not null,
  id uuid not null default app.new_id(),
  charge_id uuid not null,
  code text not null,
  name text not null,
  rate numeric(7, 4),
  amount numeric(14, 3) not null,
  primary key (tenant_id, id),
  constraint charge_carries_a_tax_once unique (tenant_id, charge_id, code),
  constraint exempt_tax_is_nothing check (rate is not null or amount = 0),
  foreign key (tenant_id, charge_id) references public.charges (tenant_id, id)
);
comment on table public.charge_taxes is 'Each tax of a charge, with its rate as it was. rate null: exempt.';
