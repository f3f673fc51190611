insert into workspace (id, name) values (md5('w1')::uuid, 'w1'), (md5('w2')::uuid, 'w2');
insert into "user" (id, name, email) select md5(it)::uuid, it, it || '@tracker.org' from unnest('{ada,mia,max,gus,zed}'::text[]) it;
insert into workspace_member (workspace_id, user_id, joined_at) select md5('w1')::uuid, md5(it)::uuid, now() from unnest('{mia,max,gus}'::text[]) it;
insert into workspace_member (workspace_id, user_id, joined_at) values (md5('w2')::uuid, md5('zed')::uuid, now());
insert into project (id, workspace_id, name, status) values
    (md5('p1')::uuid, md5('w1')::uuid, 'p1', 'active'),
    (md5('p2')::uuid, md5('w1')::uuid, 'p2', 'archived'),
    (md5('p3')::uuid, md5('w2')::uuid, 'p3', 'active');
insert into task (id, project_id, assignee_id, creator_id, title) values
    (md5('t1')::uuid, md5('p1')::uuid, md5('mia')::uuid, md5('max')::uuid, 't1'),
    (md5('t2')::uuid, md5('p2')::uuid, null, md5('mia')::uuid, 't2'),
    (md5('t3')::uuid, md5('p3')::uuid, md5('zed')::uuid, md5('zed')::uuid, 't3');
insert into note (id, task_id, user_id, text) values
    (md5('n1')::uuid, md5('t1')::uuid, md5('mia')::uuid, 'n1'),
    (md5('n2')::uuid, md5('t1')::uuid, md5('max')::uuid, 'n2'),
    (md5('n3')::uuid, md5('t3')::uuid, md5('zed')::uuid, 'n3');
