# The Describe step: the brief and what was found in it.

describe-found-label = Found in the brief
describe-empty = What is in the text appears here
describe-empty-about = Things that have something become tables, what they have becomes columns, what belongs to what becomes foreign keys. Each stands with the words that it came from; what is only assumed has a dashed outline. Nothing is part of the design until you accept it.
describe-empty-known = You know the tables already? Add them one by one, or drop an SQL file on this page.
describe-other-language = This text does not seem to be in English, the only language that is read here. Models that it writes down (SQL, Prisma, DBML, lists of fields) are taken as they stand; translate the text to have all of it read.
describe-left-out = { $count ->
    [one] { $count } considered and not made a table
   *[other] { $count } considered and not made tables
}
describe-all-in = All of it is in the design.
describe-see-diagram = See the diagram
describe-accept-all = Accept all
describe-assumptions = { $count ->
    [one] { $count } assumption
   *[other] { $count } assumptions
}
describe-show-words = Show its words in the text
describe-take-in = Take in
describe-leave-out = Leave out
describe-take-in-it = Take in { $name }
describe-leave-out-it = Leave out { $name }
describe-accept-it = Accept { $name }
describe-in-design = in the design
describe-assumed-because = Assumed: { $reason }.
describe-follows = Follows from its relationships.
describe-values = { $count ->
    [one] { $count } value
   *[other] { $count } values
}
describe-may-be-empty = May be empty.
describe-unique-within = Unique within its { $name }.
describe-unique = Unique.
describe-many-to-one = Many to one.
describe-several = Several { $name }, { $likelihood } % likely
describe-rows = Rows: { $rows }.
describe-one-to-one = One to one.
describe-many-to-many = Many to many.
describe-goes-with = Goes when its { $name } is deleted.
describe-stays = Stays, without it, when the { $name } is deleted.
describe-keeps = Keeps the { $name } from being deleted.
describe-brief = Brief
describe-found = Found
describe-more-questions = { $count ->
    [one] { $count } more question
   *[other] { $count } more questions
}
describe-fewer-questions = Fewer questions
describe-answer = Answer
describe-not-read = The brief could not be read: { $reason }.
done-accept-found = accept what was found
done-accept = accept { $name }
describe-placeholder = Describe the product: what there is, what belongs to what, who does what. A requirements document, user stories or a list will do.
describe-samples = Or begin with one of these
done-write-brief = write the brief
sample-tasks = Task tracker
sample-tasks-about = Organizations, projects, tasks with subtasks, comments
sample-repairs = Repair café
sample-repairs-about = Events, volunteers with skills, repairs, spare parts
sample-solar = Solar installer
sample-solar-about = Customers, surveys, quotes, installations, inspections
upfront-title = Up front
upfront-about = What holds before anything is drawn. It steers the conventions, the critic and the prompts of a model.
upfront-by-hand = set by hand
upfront-database = Database
upfront-elsewhere = Relata writes PostgreSQL. For this database it holds value sets by checks, and Check tells table by table what is not there; writing its SQL is left to you.
upfront-reads = Reads for each write
upfront-short-reads = { $count } reads a write
upfront-sizes = Rows that are expected
upfront-sizes-wrong = “{ $text }” is no size: a size is “500 organizations” or “20 users per organization”.
upfront-retention = Days that rows are kept
upfront-consistency = Consistency
upfront-open = open
upfront-strong = strongly consistent
upfront-strong-about = every reader sees the last write
upfront-eventual = eventually consistent
upfront-eventual-about = a reader may see it later
upfront-firm = Not negotiable
upfront-tenancy = tenants apart
upfront-tenancy-about = Rows of one tenant are hidden from the others
upfront-soft-delete = deletion by mark
upfront-soft-delete-about = Rows are deleted by mark
upfront-audit = audit
upfront-audit-about = Rows tell who changed them, and when
upfront-existing = Tables that are there already
upfront-existing-about = Their schema is taken as given: no proposal changes it, and no SQL makes it.
upfront-existing-sql = SQL of the existing tables
upfront-take = Take it as given
upfront-file = Choose a file
upfront-short-given = { $count ->
    [one] { $count } given table
   *[other] { $count } given tables
}
done-constraints = change what is asked for up front
