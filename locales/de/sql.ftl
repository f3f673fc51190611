# Der Schritt SQL.

sql-dbml-not-written = Das DBML konnte nicht geschrieben werden: { $reason }.
done-edit-dbml = DBML bearbeiten
done-edit-sql = SQL bearbeiten
sql-not-read = Das SQL konnte nicht gelesen werden: { $reason }.
sql-beside = Text des Entwurfs
sql-dbml-of = DBML des Entwurfs
sql-sql-of = SQL des Entwurfs
sql-problem = Zeile { $line }: { $message }. Wofür es steht, bleibt, wie es war.
sql-more = und { $count } weitere
sql-on-clipboard = Der Text ist in der Zwischenablage.
sql-lines = { $count ->
    [one] { $count } Zeile
   *[other] { $count } Zeilen
}
sql-language = Sprache
sql-version = PostgreSQL-Version
done-target = für PostgreSQL { $version } schreiben
sql-empty = Noch kein SQL
sql-empty-about = Das SQL wird aus den Tabellen des Entwurfs geschrieben, und die Tabellen aus dem SQL. Beschreiben Sie ein Produkt, schreiben Sie SQL, oder öffnen Sie ein Schema, das Sie haben.
sql-write = SQL schreiben
