-- own_contact: a guest's own contact data, as much of it as their session may see.
-- Before the second fact is given it shows none of what that fact asks for: not one of the phone's last digits.
create or replace function app.own_contact(p_contact text, p_is_identified boolean)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
    when p_is_identified or p_contact is null then app.masked(p_contact)
    when p_contact like '%@%' then '•••'
    -- calling codes begin no other (ITU-T E.164): one digit, two, else three
    else coalesce(
      substring(p_contact from '^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])'),
      left(p_contact, 4)) || ' •••'
  end;
end;

comment on function app.own_contact(text, boolean) is
  'Identified as app.masked; below that a phone as +1 •••, its country alone, and an e-mail as •••. Null stays null.';
select app.grant_to_readers('app.own_contact(text, boolean)');
