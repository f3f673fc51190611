# Entwürfe öffnen und aufbewahren.

keep-editor-not-loaded = Der Texteditor konnte nicht geladen werden: { $reason }.
keep-editor-failed = Der Texteditor ist ausgefallen: { $reason }.
keep-sheet-not-loaded = Das Blatt konnte nicht geladen werden: { $reason }.
keep-refused = der Browser weigert sich, etwas zu speichern
keep-no-storage = dieser Browser bietet hier keinen Speicher
keep-file-damaged = die Datei ist beschädigt: { $reason }
keep-not-open = der Speicher dieses Browsers ist nicht offen
keep-record-damaged = ein Datensatz ist beschädigt: { $reason }
keep-not-whole = er passt nicht zusammen: { $reason }
keep-taken-back = Eine Änderung von hier passt nicht zu einer aus einem anderen Tab und wurde zurückgenommen: { $reason }.
keep-other-tab = Was ein anderer Tab geändert hat, kann nicht gelesen werden: { $reason }.
keep-not-kept = Entwürfe können auf diesem Gerät nicht aufbewahrt werden: { $reason }. Sichern Sie stattdessen Dateien.
keep-gone = Dieser Entwurf ist nicht mehr auf diesem Gerät.
keep-copy-of = { $name } (Kopie)
keep-not-opened = Der Entwurf kann nicht geöffnet werden: { $reason }.
keep-not-deleted = Der Entwurf konnte nicht gelöscht werden: { $reason }.
keep-deleted = „{ $name }“ wurde gelöscht.
keep-the-link = Der Link
keep-from-link = Aus einem Link geöffnet, als eigener Entwurf. Ihre anderen Entwürfe sind, wie sie waren.
keep-sent-from-here = { $told } „{ $name }“ wurde von hier gesendet: Was seither darin geändert wurde, kann zurückgehen.
keep-same-name = { $told } „{ $name }“ gibt es hier auch. Mit welcher Fassung dieser begann, ist nicht bekannt, doch lassen sich beide nach Namen vergleichen.
keep-merge-by-name = „{ $name }“ zusammenführen, nach Namen verglichen: Was einem fehlt, kann dort neu oder hier weggefallen sein
keep-merge = Zusammenführen
keep-merge-it = „{ $name }“ zusammenführen
keep-nothing-since = Seit er gesendet wurde, wurde nichts darin geändert.
done-merge = { $name } zusammenführen
keep-not-compared = Es konnte nicht verglichen werden: { $reason }.
keep-save-raw = { $told } Was davon aufbewahrt ist, kann gesichert werden, wie es ist.
keep-save-it = Sichern
keep-beside = { $title } liegt nun bei Ihren Entwürfen; was Sie danach geöffnet haben, bleibt zu sehen.
keep-taken-in = { $count ->
    [one] { $count } Entwurf ist nun auf diesem Gerät, neben denen, die da waren.
   *[other] { $count } Entwürfe sind nun auf diesem Gerät, neben denen, die da waren.
}
keep-damaged = Beschädigt und weggelassen: { $names }.
keep-file-not-read = Die Datei kann nicht gelesen werden: { $reason }.

# Entwürfe als Dateien eines Ordners
folder-title = Dateien in einem Ordner
folder-called = Dateien im Ordner „{ $name }“
folder-what-for = Entwürfe können als Dateien in einem Ordner dieses Geräts liegen, neben dem Code, zu dem sie gehören. Was hier gesichert wird, wird dann auch dorthin geschrieben.
folder-choose = Ordner wählen
folder-leave = Ordner verlassen
folder-allow = Wieder erlauben
folder-ask-again = Der Browser fragt bei jedem Besuch neu, ob dort gelesen und geschrieben werden darf.
folder-is-here = Der offene Entwurf ist die Datei { $name }.
folder-put = Den offenen Entwurf dort ablegen
folder-empty = Noch endet dort keine Datei auf { $ending }.
folder-changed = { $name } wurde außerhalb dieser Seite geändert. Ihr Entwurf ist auf diesem Gerät gesichert; öffnen Sie die Datei, um zu sehen, was darin steht.
folder-write-over = Überschreiben
folder-failed = Der Ordner kann nicht verwendet werden: { $reason }.
