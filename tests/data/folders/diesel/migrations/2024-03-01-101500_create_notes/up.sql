CREATE TABLE note (
    id serial PRIMARY KEY,
    body text NOT NULL,
    changed_at timestamp NOT NULL DEFAULT now()
);
CREATE TRIGGER note_changed BEFORE UPDATE ON note FOR EACH ROW EXECUTE PROCEDURE set_changed_at();
