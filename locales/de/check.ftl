# Der Schritt Prüfen: der Lauf und die Befunde.

check-not-checked = Der Entwurf konnte nicht geprüft werden: { $reason }.
check-no-fix = Es gibt keine Abhilfe mehr: { $reason }.
check-looking = Wird angesehen…
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
