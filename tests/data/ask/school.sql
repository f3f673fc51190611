CREATE TABLE "Student" (
    "studentId" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "firstName" varchar(80) NOT NULL,
    "lastName" varchar(80) NOT NULL,
    "birthDate" date,
    "emailAddress" varchar(255),
    "homeAddress" text
);
CREATE TABLE "Teacher" (
    "teacherId" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "fullName" varchar(160) NOT NULL,
    "emailAddress" varchar(255) NOT NULL UNIQUE,
    "phoneNumber" varchar(40)
);
CREATE TABLE "Course" (
    "courseId" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "teacherId" uuid NOT NULL REFERENCES "Teacher" ("teacherId"),
    "courseTitle" varchar(200) NOT NULL,
    "maxStudents" integer,
    "startsOn" date,
    "endsOn" date
);
CREATE TABLE "Enrollment" (
    "enrollmentId" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "studentId" uuid NOT NULL REFERENCES "Student" ("studentId"),
    "courseId" uuid NOT NULL REFERENCES "Course" ("courseId"),
    "grade" varchar(4),
    "enrolledAt" timestamptz NOT NULL DEFAULT now()
);
