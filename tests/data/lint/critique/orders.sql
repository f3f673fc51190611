-- What a shop has sold, in one table.
create table customers (
    id bigint generated always as identity primary key,
    email text not null unique,
    name text not null
);

create table products (
    id bigint generated always as identity primary key,
    sku text not null unique,
    name text not null,
    price numeric(12, 2) not null check (price >= 0)
);

create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    customer_email text not null,
    customer_name text not null,
    product_id bigint not null references products (id),
    product_name text not null,
    product_price numeric(12, 2) not null check (product_price >= 0),
    quantity integer not null check (quantity > 0),
    total numeric(12, 2) not null check (total >= 0),
    created_at timestamptz not null default now()
);

-- The same without the tables that the columns speak of.
create table legacy_orders (
    id bigint generated always as identity primary key,
    customer_email text not null,
    customer_name text not null,
    product_name text not null,
    product_price numeric(12, 2) not null check (product_price >= 0),
    quantity integer not null check (quantity > 0),
    total numeric(12, 2) not null check (total >= 0),
    created_at timestamptz not null default now()
);
