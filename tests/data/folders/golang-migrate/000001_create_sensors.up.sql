BEGIN;
CREATE TABLE IF NOT EXISTS sensor (
    id serial PRIMARY KEY,
    label text UNIQUE NOT NULL
);
COMMIT;
