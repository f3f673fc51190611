CREATE TABLE venue (
    "venueId" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "venueName" text NOT NULL,
    "postalAddress" text,
    "maxGuests" integer
);
CREATE TABLE organizer (
    "organizerId" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "fullName" text NOT NULL,
    "emailAddress" text NOT NULL,
    "phoneNumber" text
);
CREATE TABLE event (
    "eventId" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "venueId" integer NOT NULL REFERENCES venue ("venueId"),
    "organizerId" integer REFERENCES organizer ("organizerId"),
    title text NOT NULL,
    "startsAt" timestamptz NOT NULL,
    "endsAt" timestamptz NOT NULL,
    "eventStatus" text NOT NULL DEFAULT 'draft',
    "shortText" text
);
CREATE TABLE "ticketType" (
    "ticketTypeId" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "eventId" integer NOT NULL REFERENCES event ("eventId"),
    label text NOT NULL,
    "unitPrice" numeric(10,2) NOT NULL,
    quota integer
);
CREATE TABLE ticket (
    "ticketId" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "ticketTypeId" integer NOT NULL REFERENCES "ticketType" ("ticketTypeId"),
    "holderName" text,
    "seatLabel" text,
    "soldAt" timestamptz
);
