-- Ids are made from business keys. A key that is plain stays readable; any other, and any that could be a
-- citizen id number, is hashed.
CREATE MACRO key_id(prefix, k) AS CASE
    WHEN regexp_full_match(k, '[A-Za-z0-9_-]{1,40}') AND NOT regexp_full_match(k, '\d{15}|\d{17}[\dXx]')
        THEN prefix || ':' || k
    ELSE prefix || ':x' || left(md5(k), 16) END;
CREATE MACRO hash_id(prefix, k) AS prefix || ':' || left(md5(k), 16);
-- Up to five row addresses, in order, then how many more there are.
CREATE MACRO source_of(refs) AS
    array_to_string(refs[1:5], ' ') || CASE WHEN len(refs) > 5 THEN ' +' || (len(refs) - 5) ELSE '' END;
CREATE MACRO mask_id_number(n) AS left(n, 6) || '********' || right(n, 4);
CREATE MACRO mask_phone(p) AS CASE
    WHEN length(p) >= 11 THEN left(p, 3) || '****' || right(p, 4)
    ELSE repeat('*', length(p) - 2) || right(p, 2) END;
-- As `graph.masking.hide_numbers`: id numbers of 18 and 15 characters with a possible day, and mobile phones, in free text.
-- Each pattern takes the marks around a number with it, so it goes over the text twice for two numbers with one mark between.
CREATE MACRO hide_18(t) AS regexp_replace(t, '(^|[^0-9A-Za-z])([0-9]{6})(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])([0-9]{3}[0-9Xx])($|[^0-9A-Za-z])', '\1\2********\3\4', 'g');
CREATE MACRO hide_15(t) AS regexp_replace(t, '(^|[^0-9A-Za-z])([0-9]{6})[0-9]{2}(?:0[1-9]|1[0-2])(?:0([1-9])|[12]([0-9])|3([01]))([0-9]{3})($|[^0-9A-Za-z])', '\1\2********\3\4\5\6\7', 'g');
CREATE MACRO hide_mobile(t) AS regexp_replace(t, '(^|[^0-9A-Za-z])(1[3-9][0-9])[0-9]{4}([0-9]{4})($|[^0-9A-Za-z])', '\1\2****\3\4', 'g');
CREATE MACRO hide_numbers(t) AS CASE WHEN regexp_matches(t, '[0-9]{11}')
    THEN hide_mobile(hide_mobile(hide_15(hide_15(hide_18(hide_18(t)))))) ELSE t END;
CREATE MACRO area_prefix(code) AS CASE
    WHEN length(code) <> 12 THEN code
    WHEN right(code, 10) = '0000000000' THEN left(code, 2)
    WHEN right(code, 8) = '00000000' THEN left(code, 4)
    WHEN right(code, 6) = '000000' THEN left(code, 6)
    WHEN right(code, 3) = '000' THEN left(code, 9)
    ELSE code END;
CREATE MACRO day(d) AS left(d, 10);
-- Days from a to b, null unless both are full days.
CREATE MACRO days_between(a, b) AS date_diff('day', TRY_CAST(left(a, 10) AS DATE), TRY_CAST(left(b, 10) AS DATE));
-- The first day on which `d` is past: of a month or a year the one after its last day, as text order has it.
CREATE MACRO next_day(d) AS strftime(TRY_CAST(d AS DATE) + 1, '%Y-%m-%d');
CREATE MACRO day_after(d) AS coalesce(next_day(d), d || '-32');
-- A word that holds in a period, `word@since@until` (`until` not included), as the language's `standing` reads it.
CREATE MACRO dated(word, since, until) AS word || '@' || since || coalesce('@' || until, '');
