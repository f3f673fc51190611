CREATE TABLE ticket (
    id bigserial PRIMARY KEY,
    subject text NOT NULL
);
