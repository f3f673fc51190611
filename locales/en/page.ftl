# What the whole page shares.
# `done-…` stands after "Undo:"; words in { } are put in by the page.

page-title = Relata: from a description to a PostgreSQL schema
page-open-copy = Open as a copy in Relata
page-open-file = Open a file
page-crash = Relata has stopped because of a fault of its own. Your work is kept up to the last change: load the page again.
page-tables = { $count ->
    [one] { $count } table
   *[other] { $count } tables
}
page-relationships = { $count ->
    [one] { $count } relationship
   *[other] { $count } relationships
}
page-accept = Accept
page-assumed = assumed
page-assumed-note = Assumed: the text does not say it.
page-add-table = Add a table
page-describe-product = Describe a product
page-show = Show
page-close = Close
page-download = Download
page-copy = Copy
page-file-failed = The file could not be made: { $reason }.
page-more-not-shown = { $count ->
    [one] { $count } more is not shown.
   *[other] { $count } more are not shown.
}
kind-core = core
kind-lookup = lookup
kind-junction = junction
kind-infrastructure = infrastructure
step-describe = Describe
step-model = Model
step-diagram = Diagram
step-sql = SQL
step-check = Check
step-ship = Ship
page-no-copy = This browser does not let the page copy. Select the text and copy it yourself.
page-nothing-changed = Nothing was changed: { $reason }.
page-untitled = Untitled design
page-cancel = Cancel
page-sql-copied = The SQL is on the clipboard.
page-undo = Undo
page-language = Language
page-no-language = The language could not be changed: { $reason }.
command-go = Go to { $step }
command-redo = Redo
command-run = Run the SQL in PostgreSQL
command-copy-sql = Copy the SQL
command-history = Show history and versions
command-new = Start a new design
command-live = Read a live database
command-save = Save a file
command-download-sql = Download the SQL
command-export = Download: { $format }
command-designs = Show the designs on this device
command-theme = Change between light and dark
command-search = Search
command-help = Help
key-ctrl = Ctrl
key-shift = Shift
key-alt = Alt
review-title = Proposal
review-leave = Leave it as it is
review-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
