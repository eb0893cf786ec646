/* pgmigrate-encoding: utf-8 */
-- An action can be taken back for a moment: its history row remembers what the request was before, and its messages know it.

alter table portal.request_status_history
  -- squawk-ignore adding-field-with-default
  add column before jsonb not null default '{}',
  add column undo_until timestamptz,
  add column undoes_id uuid;
alter table portal.request_status_history
  add constraint history_undoes_a_move foreign key (tenant_id, undoes_id)
    references portal.request_status_history (tenant_id, id) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table portal.request_status_history validate constraint history_undoes_a_move;
-- squawk-ignore require-concurrent-index-creation
create unique index a_move_is_undone_once on portal.request_status_history (tenant_id, undoes_id) where undoes_id is not null;
comment on column portal.request_status_history.before is 'The request before an action that can be undone: {scheduled_for, assignee_id, driver, severity, details}.';
comment on column portal.request_status_history.undo_until is 'Until then the member who acted may take it back, and the guest hears nothing of it. Null: at no time.';
comment on column portal.request_status_history.undoes_id is 'The move that this row takes back.';

alter table portal.stock_moves
  -- squawk-ignore adding-field-with-default
  add column round integer not null default 1,
  -- squawk-ignore ban-drop-constraint
  drop constraint stock_moves_for_a_request_once,
  -- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid
  add constraint stock_moves_for_a_request_once unique (tenant_id, item_id, request_id, reason, round),
  -- squawk-ignore ban-drop-constraint
  drop constraint stock_move_reason_is_known,
  add constraint stock_move_reason_is_known check (reason in ('ordered', 'returned', 'retaken', 'adjusted')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table portal.stock_moves validate constraint stock_move_reason_is_known;
comment on table portal.stock_moves is 'Why stock changed. An order takes once and gives back at most once; what was given back may be retaken where that is undone.';
comment on column portal.stock_moves.round is 'How often the request has given back: 1, and one more each time that was undone.';

alter table public.notification_log add column move_id uuid;
comment on column public.notification_log.move_id is 'The row of request_status_history that caused it, if one did: undone together.';
