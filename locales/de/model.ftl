# Der Schritt Modell: Tabellen, Konventionen, Herkunft.

model-conventions = Konventionen
model-conventions-about = Sie gelten für jede Tabelle. Eine Änderung wird zuerst vorgeschlagen; was Sie von Hand geändert haben, bleibt Ihres.
model-keys = Schlüssel
model-table-names = Tabellennamen
model-value-sets = Wertemengen
model-as-uuid = uuid
model-as-uuid-seven = uuid v7
model-as-number = Zahl
model-as-singular = Singular
model-as-plural = Plural
model-as-type = Typ
model-as-check = Check
model-as-table = Tabelle
model-timestamps = Zeiten von Anlage und Änderung
model-timestamps-about = created_at, updated_at und ihr Trigger
model-authorship = Wer angelegt und geändert hat
model-authorship-about = created_by, updated_by
model-soft-delete = Löschen durch Markieren
model-soft-delete-about = deleted_at; eindeutig nur unter den lebenden Zeilen
model-version = Zeilenversionen
model-version-about = version; eine verspätete Änderung wird abgelehnt
model-tenancy = Mandanten
model-tenancy-about = eine Spalte für den Mandanten mit Row-Level-Security
model-tenancy-none = keine
model-comments = Kommentare
model-comments-about = was Konventionen hinzufügen, erklärt sich selbst
model-no-table-follows = So wie der Entwurf ist, kann keine Tabelle dieser Konvention folgen.
done-conventions = Konventionen ändern
model-filter = { $count ->
    [one] { $count } Tabelle filtern
   *[other] { $count } Tabellen filtern
}
model-tables = Tabellen
model-filter-label = Tabellen filtern
model-show-more = { $count } weitere zeigen
model-empty = Noch keine Tabellen
model-empty-about = Hier steht jede Tabelle mit ihren Spalten, worauf sie verweist und warum: die Wörter, aus denen sie kam, die Konvention, die sie gemacht hat, oder die Annahme dahinter.
origin-more-places = { $count ->
    [one] { $words } und { $count } weitere Stelle
   *[other] { $words } und { $count } weitere Stellen
}
origin-assumed = Angenommen: { $reason }
origin-convention = Nach Konvention: { $what }.
origin-line = Zeile { $line } der Datei.
origin-model = Aus einer Antwort von { $model }.
origin-given = Vorgegeben: Das gibt es schon. Kein Vorschlag ändert es, und kein SQL legt es an.
convention-key = Ersatzschlüssel
convention-timestamps = Zeiten von Anlage und Änderung
convention-authorship = wer angelegt und geändert hat
convention-soft-delete = Löschen durch Markieren
convention-tenancy = Mandanten
convention-version = Zeilenversion
convention-index = Index auf einem Fremdschlüssel
convention-values = Wertemenge
convention-meaning = was der Name verspricht
model-follows = Folgt den Konventionen
model-departs = Weicht von den Konventionen ab
done-conventions-of = Konventionen von { $name } ändern
model-show-in-diagram = { $name } im Diagramm zeigen
model-columns = Spalten
model-references = Verweise
model-default = Vorgabe { $text }
model-generated = Erzeugt als { $text }
model-identity = Nummeriert durch eine Identitätssequenz
model-one-optional = höchstens eine je Zeile, darf leer sein
model-one = eine je Zeile
model-optional = darf leer sein
model-required = erforderlich
model-goes = geht mit { $name }
model-emptied = wird geleert, wenn { $name } geht
model-set-default = wird auf die Vorgabe gesetzt, wenn { $name } geht
model-keeps = verhindert, dass { $name } gelöscht wird
rationale-title = Warum, Regeln und Abfragen
rationale-why = Warum
rationale-rules = Regeln und was sie hält
rationale-queries = Abfragen
rationale-copy = Kopieren: { $query }
rationale-found-by = gefunden über
