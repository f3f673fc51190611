# The Check step: the run and the findings.

check-not-checked = The design could not be checked: { $reason }.
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
check-not-done = That could not be done: { $reason }.
check-not-loaded = The findings could not be loaded: { $reason }.
check-findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
check-regrets = What you will regret in 18 months
check-before-commit = Before you commit
check-every-line = Every line holds.
check-lines = { $held } of { $all } lines hold.
check-holds = holds
check-line-not-run = not looked at
check-ignore = Ignore
check-ignore-open = Ignore…
check-cancel = Cancel
check-reason = Why may it stay as it is?
check-reason-at = Reason to ignore { $code } at { $place }
check-reason-off = Reason to turn { $code } off
check-group-by = Group by
check-by-rule = By rule
check-by-table = By table
check-filter = Filter
check-filter-findings = Filter findings
check-only = Only: { $line }
check-whole = The whole design
check-filtered = Nothing that this filter shows.
check-fix-all = Fix { $count }…
check-why = Why?
check-close = Close
check-show-more = Show { $count } more
check-decisions = Decided in this design
check-take-back = Take back
check-rules = Rules
check-rules-about = What is chosen here is kept in the design, and holds for the command as well.
check-set = Set of rules
check-find-rule = Find a rule
check-recommended = recommended: what is on by itself
check-core = core: what matters most
check-strict = strict: every rule, remarks are warnings
check-supabase = supabase: row security matters more
check-rails = rails: its habits are no findings
check-legacy = legacy: errors alone
check-rule-is = { $code } is
check-usual = as usual: { $severity }
check-off = off
check-decide = decide about findings
