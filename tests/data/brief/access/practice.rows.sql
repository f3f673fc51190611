insert into doctor (id, name, speciality) values (md5('dora')::uuid, 'dora', 's'), (md5('dave')::uuid, 'dave', 's');
insert into patient (id, name, birth_date, phone_number) select md5(it)::uuid, it, '1990-01-01', '+4912345678' from unnest('{pia,paul,pam}'::text[]) it;
insert into appointment (id, patient_id, doctor_id, date, reason, status) values
    (md5('x1')::uuid, md5('pia')::uuid, md5('dora')::uuid, '2026-01-01', 'x1', 'requested'),
    (md5('x2')::uuid, md5('pia')::uuid, md5('dave')::uuid, '2026-01-01', 'x2', 'confirmed'),
    (md5('x3')::uuid, md5('paul')::uuid, md5('dora')::uuid, '2026-01-01', 'x3', 'cancelled');
insert into announcement (id, title, text, status) values (md5('n1')::uuid, 'n1', 't', 'published'), (md5('n2')::uuid, 'n2', 't', 'planned');
