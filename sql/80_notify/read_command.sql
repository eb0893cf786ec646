-- read_command: what a guest's word means, if it is one that we obey.
create or replace function app.read_command(p_body text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- as typed on any keyboard: wide letters, accents, capitals, quotes and full stops around it
  v_said text := btrim(regexp_replace(
    regexp_replace(translate(lower(normalize(left(p_body, 80), nfkc)), 'áéíóúüñ', 'aeiouun'), '[^[:alpha:]]+', ' ', 'g'), '\s+', ' ', 'g'));
begin
  if length(p_body) > 40 then
    return null;
  end if;
  return case
    when v_said in ('daily', 'diario', 'diaria', 'روزانہ') then 'daily'
    when v_said in ('skip', 'saltar', 'hoy no', 'آج نہیں') then 'skip'
    when v_said in ('stop', 'parar', 'alto', 'بند', 'روکیں') then 'stop'
    when v_said in ('stop all', 'stopall', 'parar todo', 'alto todo', 'baja', 'unsubscribe', 'سب بند') then 'stop_all'
    when v_said in ('start', 'unstop', 'alta', 'شروع') then 'start'
  end;
end
$$;

comment on function app.read_command(text) is
  'daily, skip, stop, stop_all or start, said in English, Spanish or Urdu and nothing beside it; null: words for people.';
