insert into "user" (id, name, email) select md5(it)::uuid, it, it || '@desk.org' from unnest('{ada,eve,ann,art,rob}'::text[]) it;
insert into article (id, title, body, status, author_id) values
    (md5('a1')::uuid, 'a1', 'text', 'draft', md5('ann')::uuid),
    (md5('a2')::uuid, 'a2', 'text', 'in_review', md5('ann')::uuid),
    (md5('a3')::uuid, 'a3', 'text', 'published', md5('art')::uuid),
    (md5('a4')::uuid, 'a4', 'text', 'draft', md5('art')::uuid);
insert into comment (id, article_id, author_id, text) values
    (md5('c1')::uuid, md5('a3')::uuid, md5('ann')::uuid, 'c1'),
    (md5('c2')::uuid, md5('a1')::uuid, md5('rob')::uuid, 'c2');
