CREATE OR REPLACE VIEW open_loan AS SELECT book_id, due_on FROM loan WHERE state = 'open';
