/* pgmigrate-encoding: utf-8 */
-- Other origins than our own that a tenant's browsers may come from, and a catalogue that can be added to.

create table public.tenant_origins (
  tenant_id uuid not null references public.tenants (id),
  id uuid not null default app.new_id(),
  origin text not null,
  kind text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  constraint origin_is_stated_once unique (tenant_id, origin),
  constraint origin_is_a_kiosk_or_a_widget check (kind in ('kiosk', 'widget')),
  constraint origin_is_https_or_this_machine check (
    length(origin) <= 200
    and (origin ~ '^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?$'
         or origin ~ '^http://(localhost|127\.0\.0\.1)(:[1-9][0-9]{0,4})?$'))
);
create index tenant_origins_by_origin on public.tenant_origins (origin);
comment on table public.tenant_origins is
  'Where a tenant''s kiosks and widgets are served from: they may read answers of the API and show the portal in a frame. Everything else is same-origin.';
comment on column public.tenant_origins.origin is 'Scheme, host and port as a browser writes them: https://kiosk.hotel.example. Plain http only for a page on the device itself.';

-- A new item of the catalogue says nothing of its tenant: it is the one of whoever adds it.
alter table portal.catalog_items alter column tenant_id set default app.tenant_id();
