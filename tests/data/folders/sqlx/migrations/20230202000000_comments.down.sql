ALTER TABLE ticket RENAME COLUMN title TO subject;
DROP TABLE ticket_comment;
