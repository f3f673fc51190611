# Der Schritt Ausliefern: Link, Dateien, Bilder.

ship-share = Link teilen
ship-share-about = Der Link enthält den ganzen Entwurf. Wer ihn öffnet, bekommt einen eigenen Entwurf; Ihrer bleibt, wie er ist.
ship-link-copied = Der Link ist in der Zwischenablage.
ship-link-label = Link zum Entwurf
ship-copy-link = Link kopieren
ship-writing = Der Link wird geschrieben…
ship-long = { $length }. Manche Programme schneiden Links dieser Länge ab; lassen Sie etwas weg, oder senden Sie die Entwurfsdatei.
ship-code = Als QR-Code zeigen
ship-code-label = QR-Code des Links
ship-goes = Was mitgeht
ship-comments = Kommentare
ship-brief = Die Beschreibung
ship-statements = Anweisungen, wie sie geschrieben wurden
ship-characters = { $count ->
    [one] { $count } Zeichen
   *[other] { $count } Zeichen
}
ship-kilobytes = { NUMBER($size, minimumFractionDigits: 1, maximumFractionDigits: 1) } KB
ship-link = Ein Link
ship-link-about = Der Link enthält den ganzen Entwurf: Tabellen, Text und Diagramm. Er wird nirgends gespeichert; wer ihn hat, hat den Entwurf und öffnet ihn als eigenen.
ship-files = Dateien
ship-no-tables = Der Entwurf hat noch keine Tabellen.
ship-sql-about = Legt den Entwurf in einem leeren PostgreSQL an.
ship-file = Entwurfsdatei
ship-file-about = Alles, mit Texten und Gründen; lässt sich in Relata und mit dem Befehl relata wieder öffnen.
ship-picture-failed = Das Bild konnte nicht erstellt werden: { $reason }.
ship-picture = Bild
ship-picture-about = Das Diagramm: SVG mit Text, der gelesen und durchsucht werden kann, PNG bis 8.000 Pixel oder Papier, auch als PDF.
ship-dark = dunkel
ship-transparent = durchsichtig
ship-labelled = mit Spalten und Aktionen an den Linien
ship-print = Drucken
ship-selected = nur das Ausgewählte
ship-too-large = der Browser macht kein Bild dieser Größe
ship-export = Für andere Werkzeuge
ship-export-about = Ein Diagramm als Text für Mermaid, PlantUML oder dbdiagram.io, oder das Datenwörterbuch: jede Tabelle mit Spalten, Regeln und dem, was auf sie verweist.
ship-format = Format
ship-dictionary = Datenwörterbuch, { $format }
