create domain positive as int check (value > 0);
create sequence numbers;
create table things (
    id bigint generated always as identity primary key,
    a varchar(20), b varchar, c text, n numeric(10, 2), n0 numeric, i integer, s smallint, g bigint,
    ts timestamp, tz timestamptz, ts3 timestamp(3), t3 time(3), d date, iv interval,
    net cidr, host inet, bits bit(8), some_bits bit varying(8), ch char(10),
    j json, jb jsonb, st order_state, sc score, p positive, list integer[], words varchar(10)[],
    u uuid, yes boolean, req integer not null default 0,
    twice integer generated always as (req * 2) stored
);
