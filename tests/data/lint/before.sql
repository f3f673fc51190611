create table customers (id bigint generated always as identity primary key, email text not null,
    name text, country text, created_at timestamptz not null default now());
create type order_state as enum ('new', 'paid', 'shipped');
create table orders (id bigint generated always as identity primary key, customer_id bigint not null references customers (id),
    state order_state not null default 'new', total numeric(12,2) not null default 0, note text, code integer,
    kind varchar(20), placed_at timestamptz, region_id bigint);
create index orders_customer_id_idx on orders (customer_id);
create index orders_code_idx on orders (code);
create table regions (id bigint primary key, name text not null);
create table events (id bigint not null, at timestamptz not null, body jsonb) partition by range (at);
create table events_2026_01 partition of events for values from ('2026-01-01') to ('2026-02-01');
create view order_totals as select customer_id, sum(total) as total from orders group by customer_id;
create materialized view order_stats as select state, count(*) as n from orders group by state;
create unique index order_stats_state_idx on order_stats (state);
create domain score as int;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
