insert into company (id, name) values (md5('north')::uuid, 'north'), (md5('south')::uuid, 'south');
insert into "user" (id, company_id, name, email) select md5(it)::uuid, md5(case when it in ('zoe', 'zed') then 'south' else 'north' end)::uuid, it, it || '@service.org' from unnest('{ola,dee,tom,tess,zoe,zed}'::text[]) it;
insert into job (id, company_id, assignee_id, title, status) values
    (md5('j1')::uuid, md5('north')::uuid, md5('tom')::uuid, 'j1', 'open'),
    (md5('j2')::uuid, md5('north')::uuid, md5('tess')::uuid, 'j2', 'done'),
    (md5('j3')::uuid, md5('south')::uuid, md5('zed')::uuid, 'j3', 'open'),
    (md5('j4')::uuid, md5('north')::uuid, null, 'j4', 'open');
insert into visit (id, job_id, date, notes) values
    (md5('v1')::uuid, md5('j1')::uuid, '2026-01-01', 'v1'),
    (md5('v2')::uuid, md5('j2')::uuid, '2026-01-01', 'v2'),
    (md5('v3')::uuid, md5('j3')::uuid, '2026-01-01', 'v3');
