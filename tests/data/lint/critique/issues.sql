-- A small tracker of work, as a first draft often looks.
create table users (
    id bigint generated always as identity primary key,
    email text not null unique,
    name text not null
);

create table projects (
    id bigint generated always as identity primary key,
    name text not null,
    owner_id bigint not null references users (id) on delete cascade
);

-- An issue may have sub-issues, one level deep.
create table issues (
    id bigint generated always as identity primary key,
    project_id bigint not null references projects (id) on delete cascade,
    parent_id bigint references issues (id) on delete cascade,
    title text not null,
    description text,
    status text not null,
    priority integer,
    reporter_id bigint references users (id) on delete set null,
    assignee_id bigint references users (id) on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
comment on table issues is 'Sub-issues are one level deep: a sub-issue has none of its own.';

create table comments (
    id bigint generated always as identity primary key,
    issue_id bigint not null references issues (id) on delete cascade,
    author_id bigint not null references users (id) on delete cascade,
    body text not null,
    created_at timestamptz not null default now()
);

create table activity (
    id bigint generated always as identity primary key,
    issue_id bigint not null references issues (id) on delete cascade,
    actor_id bigint references users (id) on delete set null,
    kind text not null,
    payload jsonb not null,
    created_at timestamptz not null default now()
);

create table checklist_items (
    id bigint generated always as identity primary key,
    issue_id bigint not null references issues (id) on delete cascade,
    label text not null,
    is_done boolean not null default false
);
