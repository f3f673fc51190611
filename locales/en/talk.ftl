# The conversation: changes asked for in words, how proposals are looked at, what was decided.

command-talk = Ask for a change in words
command-contexts = Group the tables into contexts
talk-title = Conversation
talk-close = Close the conversation
talk-mixed-up = the worker answered something else
talk-nearest = What can be asked is like this:
talk-read-on = Read it as a further brief
talk-model = Ask a language model
talk-proposed = Proposed, and not decided: { $title }
talk-again = Look at it again
talk-wait = One moment…
talk-field = What is to change
talk-placeholder = Say what is to change: let users tag tasks
talk-private = No model is asked, and nothing leaves this device.
talk-ask = Propose it
talk-decisions = Decisions
talk-add = Add
talk-none = What you accept and what you refuse is kept here with its reason, and goes into the decision document.
talk-not-taken = Not taken: { $parts }
talk-edit = Edit
talk-edit-it = Edit { $title }
talk-forget = Forget
talk-forget-it = Forget { $title }
talk-decision = Decision
talk-why = Why
talk-rejected = Not taken, one on each line
talk-keep = Keep it
talk-cancel = Cancel
talk-download = Download the decisions as { $kind }
done-forget-decision = forget a decision
done-write-decision = write a decision
done-leave-out = leave out: { $what }
review-views = Look at it as
review-parts = Parts
review-sql = SQL
review-diagram = Diagram
review-migration = Migration
plan-lead = What a database that has the design as it is now needs, in this order, if the chosen parts are accepted.
plan-nothing = A database that has the design needs nothing for it.
plan-risks = To heed
plan-checks = To try before
plan-steps = { $count ->
    [one] { $count } statement
   *[other] { $count } statements
}
plan-copy = Copy the SQL
plan-back = The way back
plan-lock-all = { $mode } on { $table }: reading and writing wait
plan-lock-writing = { $mode } on { $table }: writing waits
plan-lock-none = { $mode } on { $table }: reading and writing go on
review-why = Why, for the decisions of the design
review-why-hint = Why? Kept with the decision
review-not-shown = It cannot be shown: { $reason }.
review-image = The tables that change
review-nothing = Nothing changes here.
describe-revise = See what the edit changes
