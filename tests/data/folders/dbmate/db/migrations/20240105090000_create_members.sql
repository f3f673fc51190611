-- migrate:up
CREATE TABLE member (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL
);
CREATE UNIQUE INDEX member_email_key ON member (lower(email));

-- migrate:down
DROP TABLE member;
