/* pgmigrate-encoding: utf-8 */
-- What "house" meant in comments: the installation, the hotel or one property.

comment on table app.platform_alerts is 'What concerns the whole installation and no single tenant, such as a burst of guessed codes. One row an occurrence.';
comment on table app.jobs is 'What the tick does at each property. The job''s function has the key''s name. Belongs to the installation, not to a tenant.';
comment on table app.last_tick is 'When the tick last ended, by the real clock: silence is told to whoever looks after the machine.';
comment on column app.last_tick.ran_at is 'The instant of app.now() at which it ran: the ran_at of its runs. Null: not since this is kept.';
comment on table notify.channels is 'How each channel is sent on: lease, retries, look-ups. Belongs to the installation, not to a tenant. beds24 carries lines of folios to Beds24''s invoices, nothing to a person.';
comment on table identity.qr_purposes is 'What QR codes are for: how long each kind lasts, whether it can be scanned again, what it opens. Belongs to the installation, not to a tenant.';
comment on table notify.beds24_connections is 'A property of ours and its property at Beds24; one each way.';
comment on column notify.beds24_connections.verified_at is 'When Beds24 showed the property to whom the invite code let in: from then on the number is this property''s alone. Null while that is open, and after a disconnection.';
comment on column portal.request_types.stuck_minutes is 'Minutes without a step after which its team is told, unless a property sets stuck_minutes:<slug>. 0: never.';
comment on column portal.feedback.given_by is 'Which member noted it for the guest; null: the guest''s own hand.';
comment on table portal.request_attachments is 'What came with a guest''s message. The file itself lies in the installation''s store under <tenant>/<id>.';
comment on column public.bookings.cleaning_pref_time is 'Local time at which the guest likes it best; null: the property''s.';
comment on column public.payments.held is 'By how much it raises the deposits that the hotel holds for the booking: a liability until applied or given back.';
