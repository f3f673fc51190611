-- A library in the words of MySQL 8.
CREATE TABLE `author` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(120) COLLATE utf8mb4_unicode_ci NOT NULL COMMENT 'it''s the pen name',
  `born` year DEFAULT NULL,
  `active` tinyint(1) NOT NULL DEFAULT '1',
  `rank` tinyint unsigned DEFAULT 0,
  `meta` json DEFAULT NULL,
  `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `updated_at` datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE KEY `name` (`name`),
  KEY `active` (`active`,`born` DESC),
  CONSTRAINT `author_chk_1` CHECK (`active` in (0,1))
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Who writes';

CREATE TABLE book (
  id bigint(20) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  authorId int(10) unsigned NOT NULL,
  state enum('new','lent','lost') NOT NULL DEFAULT 'new',
  genres set('crime','poem') DEFAULT 'crime,poem',
  title varchar(200) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
  pages smallint(5) unsigned zerofill,
  price decimal(10,2) DEFAULT -1.50,
  weight float, size double(10,2), flag bit(1) DEFAULT b'0', bits bit(8),
  cover mediumblob, digest binary(16), body longtext,
  place point, shape geometry,
  printed date DEFAULT '0000-00-00',
  slug varchar(210) GENERATED ALWAYS AS (lower(`title`)) VIRTUAL,
  label varchar(300) AS (concat(title, ' ', state)) STORED,
  KEY active (title(10)),
  FULLTEXT KEY words (title, body),
  KEY low ((lower(title))),
  FOREIGN KEY (authorId) REFERENCES author (id) ON DELETE CASCADE ON UPDATE RESTRICT
) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 4;

INSERT INTO `author` (`id`,`name`,`active`,`created_at`) VALUES (1,'O\'Neil',1,'2020-01-01 00:00:00'),(2,"X\nY",0,now());
CREATE OR REPLACE ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW `lent` AS select `b`.`id` AS `id`, ifnull(`a`.`name`,'?') AS `who` from (`book` `b` join `author` `a` on((`a`.`id` = `b`.`authorId`))) where (`b`.`state` = 'lent');
DELIMITER ;;
CREATE TRIGGER book_in BEFORE INSERT ON book FOR EACH ROW BEGIN SET NEW.title = trim(NEW.title); END ;;
DELIMITER ;
ALTER TABLE book ADD COLUMN isbn char(13) NULL AFTER title, ADD UNIQUE KEY isbn (isbn), MODIFY COLUMN title varchar(250) NOT NULL, DROP COLUMN bits;
ALTER TABLE book ALTER COLUMN price SET DEFAULT 0;
CREATE INDEX by_price ON book (price);
