-- masked: contact data of which only the ends can be read.
create or replace function app.masked(p_contact text)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when p_contact like '%@%' then left(p_contact, 1) || '•••' || substring(p_contact from position('@' in p_contact))
    else left(p_contact, 3) || '•••' || right(p_contact, 2)
  end;
end;

comment on function app.masked(text) is 'A phone as +12•••23, an e-mail as a•••@example.com; null stays null.';
select app.grant_to_readers('app.masked(text)');
