CREATE TABLE ticket_comment (
    id bigserial PRIMARY KEY,
    ticket_id bigint NOT NULL,
    body text NOT NULL,
    FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE
);
ALTER TABLE ticket RENAME COLUMN subject TO title;
