-- +goose Up
CREATE TABLE orders (
    id integer PRIMARY KEY,
    total numeric(12, 2) NOT NULL CHECK (total >= 0),
    updated_at timestamp
);

-- +goose Down
DROP TABLE orders;
