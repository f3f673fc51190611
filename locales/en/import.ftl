# Files that are read.

import-file = “{ $name }”
import-files = These { $count } files
import-file-not-read = “{ $path }” cannot be read: { $reason }.
import-pasted = What you pasted
import-size = { $title }, { NUMBER($size, minimumFractionDigits: 1, maximumFractionDigits: 1) } MB
import-not-opened = { $title } cannot be opened. { $reason }.
import-before = the design that was open
import-it = Import “{ $name }”
import-nothing-new = There is nothing in it that this design does not have already.
done-import = import { $name }
import-running = PostgreSQL runs it in this page…
import-refused = PostgreSQL refused line { $line }: { $reason }.
import-as-postgres = “{ $name }”, as PostgreSQL has it,
import-no-catalogue = The catalogue could not be read: { $reason }.
import-reading = Reading { $what }…
import-reading-label = Reading
import-all-modelled = { $count ->
    [one] Its one statement is modelled.
   *[other] All { $count } statements are modelled.
}
import-some-modelled = { $modelled } of { $statements } statements are modelled, { $verbatim } kept as written, { $skipped } say nothing about a schema.
import-line = Line { $line }
import-report = What became of the file
import-close = Close the report
import-to-know = { $count } to know
import-into = Import into { $name } instead
import-exactly = Run it in PostgreSQL and read what it made
