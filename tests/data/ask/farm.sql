CREATE TABLE farms (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    region text
);
CREATE TABLE barns (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    farm_id bigint NOT NULL REFERENCES farms (id),
    label text NOT NULL,
    places integer
);
CREATE TABLE keepers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    farm_id bigint NOT NULL REFERENCES farms (id),
    full_name text NOT NULL,
    email text,
    mobile text
);
CREATE TABLE animals (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    barn_id bigint REFERENCES barns (id),
    ear_tag varchar(20) NOT NULL,
    name text,
    breed text,
    born_on date,
    weight_kg numeric(6,1)
);
CREATE TABLE treatments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    animal_id bigint NOT NULL REFERENCES animals (id),
    keeper_id bigint REFERENCES keepers (id),
    drug text NOT NULL,
    dose text,
    given_at timestamptz NOT NULL,
    cost numeric(10,2)
);
CREATE TABLE milkings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    animal_id bigint NOT NULL REFERENCES animals (id),
    litres numeric(6,2) NOT NULL,
    milked_at timestamptz NOT NULL DEFAULT now()
);
