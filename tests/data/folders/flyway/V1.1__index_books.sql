CREATE INDEX book_author_id_idx ON book (author_id);
