# The panel of the optional language model.

llm-title = Ask a language model
llm-take-over = take over what a model proposes
llm-not-shown = The proposal cannot be shown: { $reason }.
llm-not-loaded = The panel could not be loaded: { $reason }.
llm-step-change = Change the design
llm-step-entities = Read the brief
llm-step-schema = Complete the design
llm-steps = What to ask for
llm-request = What is to change
llm-request-example = Add recurring tasks: daily, weekly or monthly, until a date
llm-provider-openai = OpenAI or compatible
llm-provider-none = No endpoint: copy and paste
llm-speaks-like = Speaks like
llm-address = Address
llm-model = Model
llm-name-example = as the endpoint calls it
llm-key = Key
llm-idle = Seconds of silence before giving up
llm-keep = Keep the key on this device
llm-key-note = Without that the key is forgotten with this tab. It is never part of a design, a file or a link.
llm-by-hand = Copy the prompt into any chat, and paste what it answers. The page sends nothing.
llm-where = Model: { $model } at { $host }
llm-prompt = The prompt
llm-sent = What is sent, word by word
llm-was-sent = { $count ->
    [one] What was sent: one message
   *[other] What was sent: { $count } messages
}
llm-was-sent-to = { $at }: { $size } KB to { $host }
llm-copy = Copy the prompt
llm-copied = The prompt is on the clipboard.
llm-ask = Ask
llm-stop = Stop
llm-before = Before the first sending
llm-sends = This sends { $size } KB to { $host }:
llm-sends-change = your words, the schema and the conventions, with instructions.
llm-sends-entities = the brief, the names of the tables and the conventions, with instructions.
llm-sends-schema = the brief, the schema and the conventions, with instructions.
llm-sends-rest = Your key goes along as the endpoint wants it. Decisions, versions and other designs are not sent. What the host does with it is up to the host.
llm-sends-note = If an answer has faults, it is sent back with them, twice at most. In this tab you are not asked again for this host.
llm-left-out = Left out: { $what }.
llm-send = Send
llm-not-now = Not now
llm-name-first = Name a model first.
llm-answer = The answer
llm-heard = The answer as it came
llm-paste = Paste an answer
llm-check = Check the answer
llm-failed = That did not work: { $reason }.
llm-waiting = Waiting for { $host }…
llm-receiving = { $count ->
    [one] Receiving: { $count } character.
   *[other] Receiving: { $count } characters.
}
llm-retry = { $reason }. Trying again in { $seconds } s.
llm-checking = Checking the answer…
llm-again = The answer had faults, and is asked for again ({ $round } of 2).
llm-entities-checked = The entities are checked.
llm-stopped = Stopped. Nothing was changed.
llm-no-answer = No answer: { $reason }. Nothing was changed.
llm-next-step = The entities are checked. Copy the next prompt, which asks how they relate, and paste its answer.
llm-has-faults = The answer has faults. The prompt now tells the model of them: copy it again, or put the answer right.
llm-unusable = The answer cannot be used. Nothing was changed.
llm-all-there = All of it is in the design already.
llm-checked = { $count ->
    [one] The answer is checked: { $count } part to accept or leave out.
   *[other] The answer is checked: { $count } parts to accept or leave out.
}
llm-look = Look at the proposal
llm-both = both
llm-differ = differ
llm-only-reader = only the reader
llm-only-model = only the model
llm-take-of = What to take of { $name }
llm-take-reader = the reader’s
llm-take-model = the model’s
llm-take-none = leave out
llm-by-reader = Reader: { $words }
llm-by-model = Model: { $words }
llm-by-both = Both: { $words }
llm-propose = Propose these
llm-summary = Both found { $agreed }, only the reader { $reader }, only the model { $model }; they differ in { $conflict }.
