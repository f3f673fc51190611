CREATE TYPE loan_state AS ENUM ('open', 'returned');
CREATE TABLE loan (
    book_id bigint REFERENCES book (id) ON DELETE CASCADE,
    due_on date NOT NULL,
    state loan_state NOT NULL DEFAULT 'open',
    PRIMARY KEY (book_id, due_on)
);
