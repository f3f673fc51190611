//! What each notation gives, and what is none.

use super::super::{Relationship, read};

/// What a text has: each thing with its attributes, then what refers to what; what is assumed is marked.
fn shape(text: &str) -> String {
    let reading = read(text);
    let mark = |assumed: bool| if assumed { "?" } else { "" };
    let mut out = String::new();
    for entity in &reading.entities {
        let all: Vec<String> = entity
            .attributes
            .iter()
            .filter(|it| !it.assumed)
            .map(|it| {
                let kind = it.values.as_ref().map_or(it.type_name.clone(), |it| it.join("|"));
                format!("{}:{kind}{}{}", it.name, mark(it.nullable), if it.unique { "!" } else { "" })
            })
            .collect();
        out += &format!("{}{} {}\n", entity.name, mark(entity.assumed), all.join(" "));
    }
    for it in &reading.relationships {
        let role = it.role.as_ref().map_or(String::new(), |it| format!(" as {it}"));
        let kind = match it.kind {
            super::RelationshipKind::ManyToOne => ">",
            super::RelationshipKind::OneToOne => "1",
            super::RelationshipKind::ManyToMany => "<>",
        };
        out += &format!("  {} {kind} {}{role}{}\n", it.from, it.to, mark(it.assumed));
    }
    out
}

#[test]
fn prisma_and_its_enums() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\nWe rent berths.\n\n```prisma\nmodel Berth {\n  id String @id\n  number String @unique\n  width Decimal\n  \
         stays Stay[]\n}\n\nmodel Stay {\n  id String @id\n  berthId String\n  berth Berth @relation(fields: [berthId], references: [id])\n  \
         startsOn DateTime\n  note String?\n  state StayState @default(OPEN)\n}\n\nenum StayState {\n  OPEN\n  PAID_UP\n}\n```\n"
    ), @r"
    rental? 
    berth number:text! width:numeric
    stay starts_on:timestamptz note:text? state:open|paid up
      rental > berth
      stay > berth
    ");
}

#[test]
fn interfaces_of_typescript() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\nWe rent berths.\n\n## Types\n\n```ts\nexport interface Berth {\n  id: string;\n  label: string;\n  tags: Tag[];\n  \
         open(): void;\n}\ntype Tag = {\n  id: string;\n  name: string;\n  color?: 'red' | 'green';\n};\ninterface BerthProps {\n  a: string;\n  \
         b: string;\n}\n```\n"
    ), @r"
    tag name:text color:red|green?
    berth label:text
    berth_tag 
      berth <> tag
    ");
}

#[test]
fn diagrams_of_mermaid() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\n```mermaid\nerDiagram\n    SKIPPER ||--o{ STAY : has\n    BERTH ||--o{ STAY : for\n    SKIPPER {\n        uuid id PK\n        \
         string full_name\n        date birth_date\n    }\n    STAY {\n        uuid id PK\n        uuid skipper_id FK\n        timestamp starts_at\n        \
         string state\n    }\n    BERTH {\n        int number\n        string pier\n    }\n```\n"
    ), @r"
    skipper full_name:text birth_date:date
    stay starts_at:timestamptz state:text
    berth number:integer pier:text
      stay > skipper
      stay > berth
    ");
}

#[test]
fn drafts_of_sql() {
    insta::assert_snapshot!(shape(
        "create table pier (\n  code -- unique\n  length_m numeric(5,1)\n);\ncreate table berth (\n  pier_id uuid references pier(id),\n  \
         number int not null,\n  kind text check (kind in ('guest', 'own')),\n  state -- 'free', 'taken'\n);\n"
    ), @r"
    pier code:text! length_m:numeric?
    berth number:integer kind:guest|own? state:free|taken
      berth > pier
    ");
}

#[test]
fn lists_with_flags_in_parentheses() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\n## Domain model\n- **Skipper** (`skipperNumber` PK, name, phone?, timestamps)\n  - `stays` → HarbourStay (FK: skipperId)\n\
         - **Berth** (`code` PK, pier, width)\n- **HarbourStay** (PK: cuid, FK: skipperId -> skipperNumber, berthCode -> Berth, checkedInById->User)\n  \
         - `level` (1–4), `startsOn`, `@@unique(skipperId, startsOn)`\n- **User** (PK: cuid, username unique, role)\n"
    ), @r"
    skipper skipper_number:text! name:text phone:text?
    berth code:text! pier:text width:numeric
    user username:text! role:text
    harbour_stay level:integer starts_on:date
      harbour_stay > berth as berth_code
      harbour_stay > user as checked_in_by
      harbour_stay > skipper
    ");
}

#[test]
fn headings_over_fields() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\n## Data model\n\n### Skipper\n- id: UUID\n- email: string (unique)\n- role: enum (guest, owner)\n- createdAt: timestamp\n\n\
         ### Stay\n- skipperId (FK → Skipper)\n- state: open | paid\n- nights: int\n"
    ), @r"
    skipper email:text! role:guest|owner
    stay state:open|paid nights:integer
      stay > skipper
    ");
}

#[test]
fn names_and_lists_of_words() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\nAn app for guests.\n\n## Core entities\n1. **Skipper**: name, email\n2. **Stay**: arrival date, state (open, paid); belongs to a \
         skipper\n\n## Other entities\n\n- Berths\n- Harbour policies\n- Audit logs\n"
    ), @r"
    skipper name:text email:text
    stay arrival_date:date state:open|paid
    berth 
    harbour_policy 
      stay > skipper
    ");
    insta::assert_snapshot!(shape(
        "# Harbour\n\n### Data schema\n- **FR-16:** Skippers table: `id, full_name, is_member`\n- **FR-17:** HarbourStays table: `id, skipper_id, \
         starts_on`\n"
    ), @r"
    skipper full_name:text is_member:boolean
    harbour_stay starts_on:date
      harbour_stay > skipper
    ");
}

#[test]
fn rows_that_are_tables_and_rows_that_are_fields() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\n## Database\n\n| Object | Field | Type | Remark |\n|---|---|---|---|\n| skipper | name | text | |\n| | vat_no | text | optional |\n\
         | stay | nights | int | |\n| | skipper | → skipper | |\n| | state | enum | open, paid |\n\nEnd of it.\n"
    ), @r"
    skipper name:text vat_no:text?
    stay nights:integer state:open|paid
      stay > skipper
    ");
    insta::assert_snapshot!(shape(
        "# Harbour\n\n## Database tables\n\n| Table | Fields | Notes |\n|---|---|---|\n| skippers | id, email, name | People |\n| stays | id, nights, \
         skipper_id, checked_in_by | Nights |\n"
    ), @r"
    skipper email:text name:text
    stay nights:integer checked_in_by:uuid
      stay > skipper
    ");
}

#[test]
fn braces_in_one_line_and_lists_in_fields() {
    insta::assert_snapshot!(shape(
        "# Harbour\n\n## Data models\nUser { id, name, email }\nStay { id, nights, createdBy, berthId }\nBerth { id, code }\n"
    ), @r"
    user name:text email:text
    stay nights:integer
    berth code:text
      stay > user as created_by
      stay > berth
    ");
    insta::assert_snapshot!(shape(
        "# Harbour\n\n## Collections (MongoDB)\n\n**skippers**\n- `name` String\n- `email` String, unique\n\n**stays**\n- `nights` Number, required\n\
         - `meals` Array of { title, price }\n- `skipper` ObjectId ref skippers\n"
    ), @r"
    skipper name:text email:text!
    stay nights:numeric
      stay > skipper
    ");
}

#[test]
fn what_is_not_built_declares_nothing() {
    let found = read(
        "# Harbour\n\nA guest books a berth.\n\n## Future\n\n```prisma\nmodel Drone {\n  id String\n  name String\n  speed Int\n}\n```\n",
    );
    assert!(found.entities.iter().all(|it| it.name != "drone"));
}

#[test]
fn code_that_declares_no_rows_names_nothing() {
    let found = read(
        "# Harbour\n\nGuests book berths. A berth has a number and a width.\n\n```js\nconst options = {\n  color: 'red',\n  size: 4,\n};\n\
         function draw(berth) {\n  return berth;\n}\n```\n\n```css\nbody {\n  color: red;\n  margin: 0;\n}\n```\n",
    );
    let names: Vec<&str> = found.entities.iter().map(|it| it.name.as_str()).collect();
    assert!(!names.iter().any(|it| ["option", "body", "draw"].contains(it)), "{names:?}");
}

#[test]
fn fields_with_types_are_a_table_anywhere() {
    insta::assert_snapshot!(shape(
        "A harbour app for a small town.\n\nSkipper: name (string), email (varchar(80), unique), age (int), joined (date, optional)\n\n\
         **Berth**\n- code - string, unique\n- width: decimal(5,2)\n- free since: timestamp\n- skipper_id: uuid\n\nSkippers come and go.\n"
    ), @r"
    berth code:text! width:numeric free_since:timestamptz
    skipper name:text email:varchar! age:integer joined:date?
      berth > skipper
    ");
    insta::assert_snapshot!(shape(
        "A pier has a name (text), a length in m (float), a depth (decimal, optional) and an opening day (date). Berths have a code and lie at a pier.\n"
    ), @r"
    pier name:text length:double precision depth:numeric? opening_day:date
    berth code:text
      berth > pier
    ");
}

#[test]
fn words_that_are_types_too_are_fields() {
    insta::assert_snapshot!(shape(
        "A harbour app for a small town.\n\n- Skippers: name, email, phone\n- Stays: date, time, text\n\nA stay is of one skipper.\n"
    ), @r"
    skipper name:text email:text phone:text
    stay date:date time:time text:text
      stay > skipper
    ");
}

#[test]
fn how_many_of_each_in_notation() {
    insta::assert_snapshot!(shape(
        "A harbour app for a small town.\n\n## Relationships\n\n- Pier 1:N Berth\n- Skipper (1) --- (N) Stay\n- Stay n:m Extra (amount, price)\n\
         - Skipper 1:1 Licence (number, issued on)\n- Berth <-> Feature (m2m)\n- Berth 1 -- 0..* Stay\n"
    ), @r"
    pier 
    skipper 
    stay 
    licence number:text issued_on:date
    berth 
    extra 
    feature 
    stay_extra amount:numeric price:numeric
    berth_feature 
      berth > pier
      stay > skipper
      stay <> extra
      licence 1 skipper
      berth <> feature
      stay > berth
    ");
    insta::assert_snapshot!(shape(
        "Our harbour keeps skippers and boats. Skippers and boats have a many-to-many relationship. Boats have a length. Skippers have a name. \
         Many skippers to many courses (M:N) through enrollments. Courses have a title. There is a one-to-one relationship between boat and transponder. \
         Transponders have a code.\n"
    ), @r"
    skipper name:text
    boat length:numeric
    course title:text
    enrollment 
    transponder code:text
    boat_skipper 
      skipper <> boat
      enrollment > skipper
      enrollment > course
      transponder 1 boat
    ");
}

#[test]
fn what_counts_in_passing_relates_nothing() {
    let found = read(
        "A school for sailing.\n\nTutors offer one-to-one lessons to pupils. A weekly 1:1 meeting takes place between tutors and managers. The ratio is \
         1:4.\n",
    );
    let one = |it: &Relationship| it.reason == "the text's own model says so";
    assert!(!found.relationships.iter().any(one), "{:?}", found.relationships);
}

#[test]
fn keys_make_a_list_one_of_fields() {
    insta::assert_snapshot!(shape(
        "Harbour\n\nskippers\n  id\n  name\n  email\n\nstays\n  id\n  skipper_id\n  nights\n\nboats - id, name, owner (skipper)\n\
         stay_boats - stay_id, boat_id, side (port, starboard)\n"
    ), @r"
    skipper name:text email:text
    stay nights:integer
    boat name:text
    stay_boat side:port|starboard
      stay > skipper
      boat > skipper as owner
      stay_boat > stay
      stay_boat > boat
    ");
    insta::assert_snapshot!(shape(
        "Skipper(skip_id, name, phone)\nBerth(berth_id, code, pier_no)\nStay(skip_id, berth_id, nights)\n"
    ), @r"
    skipper name:text phone:text
    berth code:text pier_no:text
    stay nights:integer
      stay > skipper
      stay > berth
    ");
    insta::assert_snapshot!(shape(
        "Harbour tables: piers (name, length), berths (code, pier), skippers (name, email), and payments.\n"
    ), @r"
    pier name:text length:numeric
    berth code:text
    skipper name:text email:text
    payment 
      berth > pier
    ");
}

#[test]
fn classes_of_rails() {
    insta::assert_snapshot!(shape(
        "```ruby\nclass Stay < ApplicationRecord\n  belongs_to :skipper\n  has_many :stay_extras\n  has_many :extras, through: :stay_extras\nend\n\n\
         class StayExtra < ApplicationRecord\n  belongs_to :stay\n  belongs_to :extra\nend\n```\n"
    ), @r"
    stay 
    stay_extra 
      stay_extra > stay
    ");
}
