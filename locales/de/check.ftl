# Der Schritt Prüfen: der Lauf und die Befunde.

check-not-checked = Der Entwurf konnte nicht geprüft werden: { $reason }.
check-nothing = Nichts zu sagen
check-errors = { $count ->
    [one] { $count } Fehler
   *[other] { $count } Fehler
}
check-warnings = { $count ->
    [one] { $count } Warnung
   *[other] { $count } Warnungen
}
check-remarks = { $count ->
    [one] { $count } Anmerkung
   *[other] { $count } Anmerkungen
}
check-will-it-hold = Wird es halten?
check-error = Fehler
check-warning = Warnung
check-remark = Anmerkung
check-run-again = Noch einmal ausführen
check-run = Ausführen
check-does-it-run = Läuft es?
check-stop = Anhalten
check-first-use = Beim ersten Mal wird PostgreSQL in diese Seite geladen, das dauert einige Sekunden.
check-accepted = { $count ->
    [one] { $count } Anweisung auf einem leeren PostgreSQL { $version }, angenommen.
   *[other] { $count } Anweisungen auf einem leeren PostgreSQL { $version }, alle angenommen.
}
check-changed = Geändert
check-changed-about = Der Entwurf hat sich seit dem letzten Lauf geändert.
check-about = Führt das SQL des Entwurfs auf einem leeren PostgreSQL in dieser Seite aus. Nichts verlässt dieses Gerät.
check-did-not-start = PostgreSQL ist nicht gestartet
check-was-refused = Eine Anweisung wurde abgelehnt
check-before = { $count ->
    [one] { $count } Anweisung lief davor durch. PostgreSQL { $version }, Fehler { $error }.
   *[other] { $count } Anweisungen liefen davor durch. PostgreSQL { $version }, Fehler { $error }.
}
check-hint = Hinweis: { $hint }
check-failing = Die fehlschlagende Anweisung
check-place = Zeile { $line }, Spalte { $column }
check-sql-run = Das SQL, das ausgeführt wurde
check-milliseconds = { $time } ms
check-seconds = { NUMBER($time, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
check-not-done = Das ging nicht: { $reason }.
check-not-loaded = Die Befunde konnten nicht geladen werden: { $reason }.
check-findings = { $count ->
    [one] { $count } Befund
   *[other] { $count } Befunde
}
check-regrets = Was in 18 Monaten leidtun wird
check-before-commit = Vor dem Commit
check-every-line = Jede Zeile hält.
check-lines = { $held } von { $all } Zeilen halten.
check-holds = hält
check-line-not-run = nicht geprüft
check-ignore = Übergehen
check-ignore-open = Übergehen…
check-cancel = Abbrechen
check-reason = Warum darf es so bleiben?
check-reason-at = Grund, { $code } bei { $place } zu übergehen
check-reason-off = Grund, { $code } auszuschalten
check-group-by = Gruppieren
check-by-rule = Nach Regel
check-by-table = Nach Tabelle
check-filter = Filtern
check-filter-findings = Befunde filtern
check-only = Nur: { $line }
check-whole = Der ganze Entwurf
check-filtered = Nichts, was dieser Filter zeigt.
check-fix-all = { $count } beheben…
check-why = Warum?
check-close = Schließen
check-show-more = { $count } weitere zeigen
check-decisions = In diesem Entwurf entschieden
check-take-back = Zurücknehmen
check-rules = Regeln
check-rules-about = Was hier gewählt wird, bleibt im Entwurf und gilt auch für das Kommando.
check-set = Regelsatz
check-find-rule = Regel suchen
check-recommended = recommended: was von selbst an ist
check-core = core: das Wichtigste
check-strict = strict: jede Regel, Hinweise sind Warnungen
check-supabase = supabase: Zeilensicherheit zählt mehr
check-rails = rails: dessen Gewohnheiten sind keine Befunde
check-legacy = legacy: nur Fehler
check-rule-is = { $code } ist
check-usual = wie üblich: { $severity }
check-off = aus
check-decide = über Befunde entscheiden
