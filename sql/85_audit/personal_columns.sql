-- personal_columns: which columns of a table tell about a guest.
create or replace function app.personal_columns(p_table text)
returns text[]
language sql
immutable
parallel safe
begin atomic
  select case p_table
    when 'public.guests' then array['first_name', 'last_name', 'email', 'phone', 'id_type', 'id_number', 'nationality', 'address', 'dietary_notes', 'notes']
    when 'public.bookings' then array['guest_name', 'special_requests', 'session_id', 'idempotency_key', 'idempotency_digest', 'asked_digest', 'cancel_reason']
    when 'public.folios' then array['recipient', 'payer_name', 'payer_details']
    when 'public.stays' then array['moved_because']
    when 'portal.requests' then array['title', 'note', 'details', 'last_actor_name']
    when 'portal.feedback' then array['comment']
    when 'portal.request_comments' then array['body', 'author_name']
  end;
end;

comment on function app.personal_columns(text) is
  'Columns that enter the audit log under the guest''s key and are blanked when the guest is erased, an invoice''s recipient when it has been kept long enough; null: none. A digest counts where what it was made of can be guessed.';
grant execute on function app.personal_columns(text) to auditor;
