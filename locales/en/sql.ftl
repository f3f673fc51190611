# The SQL step.

sql-dbml-not-written = The DBML could not be written: { $reason }.
done-edit-dbml = edit the DBML
done-edit-sql = edit the SQL
sql-not-read = The SQL could not be read: { $reason }.
sql-beside = Text of the design
sql-dbml-of = DBML of the design
sql-sql-of = SQL of the design
sql-problem = Line { $line }: { $message }. What it stands for stays as it was.
sql-more = and { $count } more
sql-on-clipboard = The text is on the clipboard.
sql-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
sql-language = Language
sql-version = PostgreSQL version
done-target = write for PostgreSQL { $version }
sql-empty = No SQL yet
sql-empty-about = The SQL is written from the tables of the design, and the tables from the SQL. Describe a product, write SQL, or open a schema that you have.
sql-write = Write SQL
