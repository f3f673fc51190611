# Das Gespräch: Änderungen in Worten, wie Vorschläge angesehen werden, was entschieden wurde.

command-talk = Eine Änderung in Worten erbitten
command-contexts = Die Tabellen in Kontexte gliedern
talk-title = Gespräch
talk-close = Das Gespräch schließen
talk-mixed-up = der Worker hat etwas anderes geantwortet
talk-nearest = So etwas lässt sich erbitten (auf Englisch):
talk-read-on = Als weitere Beschreibung lesen
talk-model = Ein Sprachmodell fragen
talk-proposed = Vorgeschlagen und nicht entschieden: { $title }
talk-again = Noch einmal ansehen
talk-wait = Einen Moment…
talk-field = Was sich ändern soll
talk-placeholder = Auf Englisch sagen, was sich ändern soll: let users tag tasks
talk-private = Es wird kein Modell gefragt, und nichts verlässt dieses Gerät.
talk-ask = Vorschlagen
talk-decisions = Entscheidungen
talk-add = Hinzufügen
talk-none = Was angenommen und was abgelehnt wird, steht hier mit seinem Grund und kommt in das Dokument der Entscheidungen.
talk-not-taken = Nicht genommen: { $parts }
talk-edit = Bearbeiten
talk-edit-it = { $title } bearbeiten
talk-forget = Vergessen
talk-forget-it = { $title } vergessen
talk-decision = Entscheidung
talk-why = Warum
talk-rejected = Nicht genommen, eines je Zeile
talk-keep = Behalten
talk-cancel = Abbrechen
talk-download = Die Entscheidungen als { $kind } herunterladen
done-forget-decision = eine Entscheidung vergessen
done-write-decision = eine Entscheidung schreiben
done-leave-out = weglassen: { $what }
review-views = Ansehen als
review-parts = Teile
review-sql = SQL
review-diagram = Diagramm
review-migration = Migration
plan-lead = Was eine Datenbank, die den Entwurf von jetzt hat, in dieser Reihenfolge braucht, wenn die gewählten Teile angenommen werden.
plan-nothing = Eine Datenbank, die den Entwurf hat, braucht dafür nichts.
plan-risks = Zu beachten
plan-checks = Vorher zu prüfen
plan-steps = { $count ->
    [one] { $count } Anweisung
   *[other] { $count } Anweisungen
}
plan-copy = SQL kopieren
plan-back = Der Weg zurück
plan-lock-all = { $mode } auf { $table }: Lesen und Schreiben warten
plan-lock-writing = { $mode } auf { $table }: Schreiben wartet
plan-lock-none = { $mode } auf { $table }: Lesen und Schreiben gehen weiter
review-why = Warum, für die Entscheidungen des Entwurfs
review-why-hint = Warum? Wird mit der Entscheidung behalten
review-not-shown = Es kann nicht gezeigt werden: { $reason }.
review-image = Die Tabellen, die sich ändern
review-nothing = Hier ändert sich nichts.
describe-revise = Sehen, was die Änderung bewirkt
