# The Model step: tables, conventions, origins.

model-conventions = Conventions
model-conventions-about = They hold for every table. A change is proposed first; what you changed by hand stays yours.
model-keys = Keys
model-table-names = Table names
model-value-sets = Value sets
model-as-uuid = uuid
model-as-uuid-seven = uuid v7
model-as-number = number
model-as-singular = singular
model-as-plural = plural
model-as-type = type
model-as-check = check
model-as-table = table
model-timestamps = Times of creation and update
model-timestamps-about = created_at, updated_at and their trigger
model-authorship = Who created and updated
model-authorship-about = created_by, updated_by
model-soft-delete = Deletion by mark
model-soft-delete-about = deleted_at; unique among live rows alone
model-version = Row versions
model-version-about = version; an update that comes too late is refused
model-tenancy = Tenants
model-tenancy-about = a tenant's column with row security
model-tenancy-none = none
model-comments = Comments
model-comments-about = what conventions add explains itself
model-no-table-follows = No table can follow this convention as the design stands.
done-conventions = change the conventions
model-filter = { $count ->
    [one] Filter { $count } table
   *[other] Filter { $count } tables
}
model-tables = Tables
model-filter-label = Filter tables
model-show-more = Show { $count } more
model-empty = No tables yet
model-empty-about = Here stands every table with its columns, what it references, and why: the words it came from, the convention that made it, or the assumption behind it.
origin-more-places = { $count ->
    [one] { $words } and { $count } more place
   *[other] { $words } and { $count } more places
}
origin-assumed = Assumed: { $reason }
origin-convention = By convention: { $what }.
origin-line = Line { $line } of the file.
origin-model = From an answer of { $model }.
origin-given = Given: it is there already. No proposal changes it, and no SQL makes it.
convention-key = surrogate key
convention-timestamps = times of creation and update
convention-authorship = who created and updated
convention-soft-delete = deletion by mark
convention-tenancy = tenants
convention-version = row version
convention-index = index on a foreign key
convention-values = value set
convention-meaning = what the name promises
model-follows = Follows the conventions
model-departs = Departs from the conventions
done-conventions-of = change the conventions of { $name }
model-show-in-diagram = Show { $name } in the diagram
model-columns = Columns
model-references = References
model-default = Default { $text }
model-generated = Generated as { $text }
model-identity = Numbered by an identity sequence
model-one-optional = at most one each, may be empty
model-one = one each
model-optional = may be empty
model-required = required
model-goes = goes with its { $name }
model-emptied = emptied when the { $name } goes
model-set-default = set to its default when the { $name } goes
model-keeps = keeps the { $name } from being deleted
rationale-title = Why, rules and queries
rationale-why = Why
rationale-rules = Rules and what holds them
rationale-queries = Queries
rationale-copy = Copy: { $query }
rationale-found-by = found by
