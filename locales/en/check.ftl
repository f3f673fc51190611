# The Check step: the run and the findings.

check-not-checked = The design could not be checked: { $reason }.
check-no-fix = There is no fix any more: { $reason }.
check-looking = Looking…
check-nothing = Nothing to say
check-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
check-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
check-remarks = { $count ->
    [one] { $count } remark
   *[other] { $count } remarks
}
check-will-it-hold = Will it hold?
check-error = error
check-warning = warning
check-remark = remark
check-run-again = Run again
check-run = Run it
check-does-it-run = Does it run?
check-stop = Stop
check-first-use = On first use PostgreSQL is loaded into this page, which takes a few seconds.
check-accepted = { $count ->
    [one] { $count } statement on an empty PostgreSQL { $version }, all of them accepted.
   *[other] { $count } statements on an empty PostgreSQL { $version }, all of them accepted.
}
check-changed = Changed
check-changed-about = The design has changed since the last run.
check-about = Runs the SQL of the design on an empty PostgreSQL inside this page. Nothing leaves this device.
check-did-not-start = PostgreSQL did not start
check-was-refused = A statement was refused
check-before = { $count ->
    [one] { $count } statement went through before it. PostgreSQL { $version }, error { $error }.
   *[other] { $count } statements went through before it. PostgreSQL { $version }, error { $error }.
}
check-hint = Hint: { $hint }
check-failing = The failing statement
check-place = Line { $line }, column { $column }
check-sql-run = The SQL that was run
check-milliseconds = { $time } ms
check-seconds = { NUMBER($time, minimumFractionDigits: 1, maximumFractionDigits: 1) } s
