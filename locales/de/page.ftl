# Was die ganze Seite teilt.

page-title = Relata: von der Beschreibung zum PostgreSQL-Schema
page-open-copy = Als Kopie in Relata öffnen
page-open-file = Datei öffnen
page-crash = Relata hat wegen eines eigenen Fehlers angehalten. Ihre Arbeit ist bis zur letzten Änderung gesichert: Laden Sie die Seite neu.
page-tables = { $count ->
    [one] { $count } Tabelle
   *[other] { $count } Tabellen
}
page-relationships = { $count ->
    [one] { $count } Beziehung
   *[other] { $count } Beziehungen
}
page-accept = Übernehmen
page-assumed = angenommen
page-assumed-note = Angenommen: Der Text sagt es nicht.
page-add-table = Tabelle hinzufügen
page-describe-product = Produkt beschreiben
page-show = Zeigen
page-close = Schließen
page-download = Herunterladen
page-copy = Kopieren
page-file-failed = Die Datei konnte nicht erstellt werden: { $reason }.
page-more-not-shown = { $count ->
    [one] { $count } weitere wird nicht gezeigt.
   *[other] { $count } weitere werden nicht gezeigt.
}
kind-core = Kern
kind-lookup = Nachschlagen
kind-junction = Verbindung
kind-infrastructure = Infrastruktur
step-describe = Beschreiben
step-model = Modell
step-diagram = Diagramm
step-sql = SQL
step-check = Prüfen
step-ship = Ausliefern
page-no-copy = Dieser Browser lässt die Seite nicht kopieren. Wählen Sie den Text aus und kopieren Sie ihn selbst.
page-nothing-changed = Nichts wurde geändert: { $reason }.
page-untitled = Entwurf ohne Titel
page-cancel = Abbrechen
page-sql-copied = Das SQL ist in der Zwischenablage.
page-undo = Rückgängig
page-language = Sprache
page-no-language = Die Sprache konnte nicht geändert werden: { $reason }.
command-go = Zu { $step } gehen
command-redo = Wiederholen
command-run = SQL in PostgreSQL ausführen
command-copy-sql = SQL kopieren
command-history = Verlauf und Versionen zeigen
command-new = Neuen Entwurf beginnen
command-live = Laufende Datenbank lesen
command-save = Datei sichern
command-download-sql = SQL herunterladen
command-export = Herunterladen: { $format }
command-designs = Entwürfe auf diesem Gerät zeigen
command-theme = Zwischen hell und dunkel wechseln
command-search = Suchen
command-help = Hilfe
key-ctrl = Strg
key-shift = Umschalt
key-alt = Alt
review-title = Vorschlag
review-leave = Lassen, wie es ist
review-changes = { $count ->
    [one] { $count } Änderung
   *[other] { $count } Änderungen
}
