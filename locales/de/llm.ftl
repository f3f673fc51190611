# The panel of the optional language model.

llm-title = Ein Sprachmodell fragen
llm-take-over = Vorschlag eines Modells übernehmen
llm-not-shown = Der Vorschlag kann nicht gezeigt werden: { $reason }.
llm-not-loaded = Die Tafel konnte nicht geladen werden: { $reason }.
llm-step-change = Entwurf ändern
llm-step-entities = Text lesen
llm-step-schema = Entwurf ergänzen
llm-steps = Wonach gefragt wird
llm-request = Was sich ändern soll
llm-request-example = Wiederkehrende Aufgaben: täglich, wöchentlich oder monatlich, bis zu einem Tag
llm-provider-openai = OpenAI oder ähnlich
llm-provider-none = Kein Dienst: kopieren und einfügen
llm-speaks-like = Spricht wie
llm-address = Adresse
llm-model = Modell
llm-name-example = wie der Dienst es nennt
llm-key = Schlüssel
llm-idle = Sekunden der Stille bis zum Abbruch
llm-keep = Schlüssel auf diesem Gerät behalten
llm-key-note = Sonst wird der Schlüssel mit diesem Tab vergessen. Er ist nie Teil eines Entwurfs, einer Datei oder eines Links.
llm-by-hand = Kopieren Sie den Prompt in einen beliebigen Chat und fügen Sie dessen Antwort ein. Die Seite sendet nichts.
llm-where = Modell: { $model } bei { $host }
llm-prompt = Der Prompt
llm-sent = Was gesendet wird, Wort für Wort
llm-was-sent = { $count ->
    [one] Was gesendet wurde: eine Nachricht
   *[other] Was gesendet wurde: { $count } Nachrichten
}
llm-was-sent-to = { $at }: { $size } KB an { $host }
llm-copy = Prompt kopieren
llm-copied = Der Prompt ist in der Zwischenablage.
llm-ask = Fragen
llm-stop = Anhalten
llm-before = Vor dem ersten Senden
llm-sends = Das sendet { $size } KB an { $host }:
llm-sends-change = Ihre Worte, das Schema und die Konventionen, mit Anweisungen.
llm-sends-entities = den Text, die Namen der Tabellen und die Konventionen, mit Anweisungen.
llm-sends-schema = den Text, das Schema und die Konventionen, mit Anweisungen.
llm-sends-rest = Ihr Schlüssel geht so mit, wie der Dienst ihn verlangt. Entscheidungen, Versionen und andere Entwürfe werden nicht gesendet. Was der Dienst damit tut, liegt bei ihm.
llm-sends-note = Hat eine Antwort Fehler, geht sie mit ihnen zurück, höchstens zweimal. In diesem Tab werden Sie für diesen Dienst nicht noch einmal gefragt.
llm-left-out = Ausgelassen: { $what }.
llm-send = Senden
llm-not-now = Jetzt nicht
llm-name-first = Nennen Sie zuerst ein Modell.
llm-answer = Die Antwort
llm-heard = Die Antwort, wie sie kam
llm-paste = Antwort einfügen
llm-check = Antwort prüfen
llm-failed = Das ging nicht: { $reason }.
llm-waiting = Warten auf { $host }…
llm-receiving = { $count ->
    [one] Empfangen: { $count } Zeichen.
   *[other] Empfangen: { $count } Zeichen.
}
llm-retry = { $reason }. Neuer Versuch in { $seconds } s.
llm-checking = Die Antwort wird geprüft…
llm-again = Die Antwort hatte Fehler und wird noch einmal verlangt ({ $round } von 2).
llm-entities-checked = Die Entitäten sind geprüft.
llm-stopped = Angehalten. Nichts wurde geändert.
llm-no-answer = Keine Antwort: { $reason }. Nichts wurde geändert.
llm-next-step = Die Entitäten sind geprüft. Kopieren Sie den nächsten Prompt, der nach ihren Beziehungen fragt, und fügen Sie die Antwort ein.
llm-has-faults = Die Antwort hat Fehler. Der Prompt sagt sie dem Modell jetzt: kopieren Sie ihn noch einmal, oder berichtigen Sie die Antwort.
llm-unusable = Die Antwort ist nicht zu gebrauchen. Nichts wurde geändert.
llm-all-there = Alles davon ist schon im Entwurf.
llm-checked = { $count ->
    [one] Die Antwort ist geprüft: { $count } Teil zum Annehmen oder Weglassen.
   *[other] Die Antwort ist geprüft: { $count } Teile zum Annehmen oder Weglassen.
}
llm-look = Vorschlag ansehen
llm-both = beide
llm-differ = verschieden
llm-only-reader = nur der Leser
llm-only-model = nur das Modell
llm-take-of = Was von { $name } genommen wird
llm-take-reader = wie der Leser
llm-take-model = wie das Modell
llm-take-none = weglassen
llm-by-reader = Leser: { $words }
llm-by-model = Modell: { $words }
llm-by-both = Beide: { $words }
llm-propose = Vorschlagen
llm-summary = Beide fanden { $agreed }, nur der Leser { $reader }, nur das Modell { $model }; in { $conflict } sind sie verschieden.
