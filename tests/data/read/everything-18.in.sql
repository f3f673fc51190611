-- What PostgreSQL 18 can say beyond that.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE room (
    id integer,
    during daterange,
    width integer NOT NULL,
    depth integer,
    area integer GENERATED ALWAYS AS (width * depth) VIRTUAL,
    made uuid DEFAULT uuidv7(),
    CONSTRAINT room_key PRIMARY KEY (id, during WITHOUT OVERLAPS),
    CONSTRAINT room_wide UNIQUE (width, during WITHOUT OVERLAPS),
    CONSTRAINT room_deep CHECK (depth > 0) NOT ENFORCED
);
CREATE TABLE booking (
    room_id integer CONSTRAINT booking_has_a_room NOT NULL,
    during daterange NOT NULL,
    guest integer NOT NULL NO INHERIT,
    FOREIGN KEY (room_id, PERIOD during) REFERENCES room (id, PERIOD during)
);
COMMENT ON CONSTRAINT booking_has_a_room ON booking IS 'Of course';
CREATE TABLE guest (id integer PRIMARY KEY);
ALTER TABLE booking ADD CONSTRAINT booking_guest FOREIGN KEY (guest) REFERENCES guest NOT ENFORCED;
CREATE TABLE stay (id integer, guest integer, CONSTRAINT stay_guest NOT NULL guest);
CREATE TABLE event (id integer NOT NULL, guest integer) PARTITION BY LIST (id);
CREATE TABLE event_1 PARTITION OF event FOR VALUES IN (1);
ALTER TABLE event ADD CONSTRAINT event_guest FOREIGN KEY (guest) REFERENCES guest NOT VALID;
ALTER TABLE stay ADD CONSTRAINT stay_has_an_id NOT NULL id NOT VALID;
COMMENT ON CONSTRAINT stay_has_an_id ON stay IS 'From now on';
