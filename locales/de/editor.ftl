# Die Suche des Texteditors.

editor-find = Suchen
editor-replace-with = Ersetzen durch
editor-next = weiter
editor-previous = zurück
editor-all = alle
editor-case = Groß und klein
editor-regexp = Regulärer Ausdruck
editor-word = Ganze Wörter
editor-replace = ersetzen
editor-replace-all = alle ersetzen
editor-close = schließen
