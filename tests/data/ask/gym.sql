CREATE TABLE members (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    full_name text NOT NULL,
    email text NOT NULL UNIQUE,
    phone text,
    address text,
    birth_date date,
    joined_on date NOT NULL
);
CREATE TABLE trainers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    bio text,
    hourly_rate numeric(8,2)
);
CREATE TABLE studios (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    capacity integer
);
CREATE TABLE classes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trainer_id bigint REFERENCES trainers (id),
    studio_id bigint NOT NULL REFERENCES studios (id),
    title text NOT NULL,
    level text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE TABLE bookings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member_id bigint NOT NULL REFERENCES members (id),
    class_id bigint NOT NULL REFERENCES classes (id),
    booked_at timestamptz NOT NULL DEFAULT now(),
    note text
);
CREATE TABLE plans (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    monthly_fee numeric(8,2) NOT NULL,
    active boolean NOT NULL DEFAULT true
);
