# Dateien, die gelesen werden.

import-file = „{ $name }“
import-files = Diese { $count } Dateien
import-file-not-read = „{ $path }“ kann nicht gelesen werden: { $reason }.
import-pasted = Was Sie eingefügt haben
import-size = { $title }, { NUMBER($size, minimumFractionDigits: 1, maximumFractionDigits: 1) } MB
import-not-opened = { $title } kann nicht geöffnet werden. { $reason }.
import-before = den Entwurf, der offen war
import-it = „{ $name }“ importieren
import-nothing-new = Darin ist nichts, was dieser Entwurf nicht schon hat.
done-import = { $name } importieren
import-running = PostgreSQL führt es in dieser Seite aus…
import-refused = PostgreSQL hat Zeile { $line } abgelehnt: { $reason }.
import-as-postgres = „{ $name }“, wie PostgreSQL es hat,
import-no-catalogue = Der Katalog konnte nicht gelesen werden: { $reason }.
import-reading = { $what } wird gelesen…
import-reading-label = Lesen
import-all-modelled = { $count ->
    [one] Die eine Anweisung ist modelliert.
   *[other] Alle { $count } Anweisungen sind modelliert.
}
import-some-modelled = { $modelled } von { $statements } Anweisungen sind modelliert, { $verbatim } bleiben, wie sie geschrieben sind, { $skipped } sagen nichts über ein Schema.
import-line = Zeile { $line }
import-report = Was aus der Datei wurde
import-close = Bericht schließen
import-to-know = { $count } zu wissen
import-into = Stattdessen in { $name } importieren
import-exactly = In PostgreSQL ausführen und lesen, was es angelegt hat
