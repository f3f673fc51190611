# Der Schritt Beschreiben: die Beschreibung und was darin gefunden wurde.

describe-found-label = In der Beschreibung gefunden
describe-empty = Was im Text steht, erscheint hier
describe-empty-about = Dinge, die etwas haben, werden Tabellen, was sie haben, wird zu Spalten, was wozu gehört, zu Fremdschlüsseln. Alles steht bei den Wörtern, aus denen es kam; was nur angenommen ist, hat einen gestrichelten Rand. Nichts gehört zum Entwurf, bevor Sie es übernehmen.
describe-empty-known = Sie kennen die Tabellen schon? Fügen Sie sie einzeln hinzu, oder ziehen Sie eine SQL-Datei auf diese Seite.
describe-other-language = Dieser Text scheint nicht auf Englisch zu sein; nur Englisch wird hier gelesen. Modelle, die er ausschreibt (SQL, Prisma, DBML, Listen von Feldern), werden übernommen, wie sie dastehen; für alles Übrige braucht es eine Übersetzung.
describe-left-out = { $count ->
    [one] { $count } erwogen und keine Tabelle geworden
   *[other] { $count } erwogen und keine Tabellen geworden
}
describe-all-in = Alles davon ist im Entwurf.
describe-see-diagram = Diagramm ansehen
describe-accept-all = Alles übernehmen
describe-assumptions = { $count ->
    [one] { $count } Annahme
   *[other] { $count } Annahmen
}
describe-show-words = Seine Wörter im Text zeigen
describe-take-in = Hereinnehmen
describe-leave-out = Weglassen
describe-take-in-it = { $name } hereinnehmen
describe-leave-out-it = { $name } weglassen
describe-accept-it = { $name } übernehmen
describe-in-design = im Entwurf
describe-assumed-because = Angenommen: { $reason }.
describe-follows = Folgt aus den Beziehungen.
describe-values = { $count ->
    [one] { $count } Wert
   *[other] { $count } Werte
}
describe-may-be-empty = Darf leer sein.
describe-unique-within = Eindeutig je { $name }.
describe-unique = Eindeutig.
describe-many-to-one = Viele zu eins.
describe-several = Mehrere { $name }, zu { $likelihood } % wahrscheinlich
describe-rows = Zeilen: { $rows }.
describe-one-to-one = Eins zu eins.
describe-many-to-many = Viele zu viele.
describe-goes-with = Wird mit { $name } gelöscht.
describe-stays = Bleibt, ohne Verweis, wenn { $name } gelöscht wird.
describe-keeps = Verhindert, dass { $name } gelöscht wird.
describe-brief = Beschreibung
describe-found = Gefunden
describe-more-questions = { $count ->
    [one] { $count } weitere Frage
   *[other] { $count } weitere Fragen
}
describe-fewer-questions = Weniger Fragen
describe-answer = Antwort
describe-not-read = Die Beschreibung konnte nicht gelesen werden: { $reason }.
done-accept-found = Gefundenes übernehmen
done-accept = { $name } übernehmen
describe-placeholder = Beschreiben Sie das Produkt: was es gibt, was wozu gehört, wer was tut. Anforderungen, User Stories oder eine Liste genügen. Gelesen wird englischer Text.
describe-samples = Oder beginnen Sie mit einem davon
done-write-brief = Beschreibung schreiben
sample-tasks = Aufgabenverwaltung
sample-tasks-about = Organisationen, Projekte, Aufgaben mit Unteraufgaben, Kommentare
sample-repairs = Repair-Café
sample-repairs-about = Termine, Freiwillige mit Fähigkeiten, Reparaturen, Ersatzteile
sample-solar = Solarinstallateur
sample-solar-about = Kunden, Begehungen, Angebote, Installationen, Abnahmen
upfront-title = Vorab
upfront-about = Was gilt, bevor etwas gezeichnet wird. Es lenkt die Konventionen, die Prüfung und die Anweisungen an ein Modell.
upfront-by-hand = von Hand gesetzt
upfront-database = Datenbank
upfront-elsewhere = Relata schreibt PostgreSQL. Für diese Datenbank hält es Wertemengen durch Checks, und „Prüfen“ sagt Tabelle für Tabelle, was es dort nicht gibt; ihr SQL zu schreiben bleibt dir überlassen.
upfront-reads = Lesezugriffe je Schreibzugriff
upfront-short-reads = { $count } × lesen je Schreiben
upfront-sizes = Zeilen, die erwartet werden
upfront-sizes-wrong = „{ $text }“ ist keine Größe: „500 organizations“ oder „20 users per organization“.
upfront-retention = Tage, die Zeilen bleiben
upfront-consistency = Konsistenz
upfront-open = offen
upfront-strong = streng konsistent
upfront-strong-about = jeder liest den letzten Stand
upfront-eventual = schließlich konsistent
upfront-eventual-about = wer liest, sieht ihn vielleicht später
upfront-firm = Nicht verhandelbar
upfront-tenancy = Mandanten getrennt
upfront-tenancy-about = Zeilen eines Mandanten sind den anderen verborgen
upfront-soft-delete = Löschen durch Markieren
upfront-soft-delete-about = Zeilen werden nur als gelöscht markiert
upfront-audit = Nachvollziehbarkeit
upfront-audit-about = Zeilen sagen, wer sie wann geändert hat
upfront-existing = Tabellen, die es schon gibt
upfront-existing-about = Ihr Schema gilt als vorgegeben: Kein Vorschlag ändert es, und kein SQL legt es an.
upfront-existing-sql = SQL der bestehenden Tabellen
upfront-take = Als vorgegeben übernehmen
upfront-file = Datei wählen
upfront-short-given = { $count ->
    [one] { $count } vorgegebene Tabelle
   *[other] { $count } vorgegebene Tabellen
}
done-constraints = ändern, was vorab gilt
