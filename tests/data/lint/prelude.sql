create table users (id bigint generated always as identity primary key);
create table tenants (id bigint generated always as identity primary key);
create table products (id bigint generated always as identity primary key);
