PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  folder_id INTEGER REFERENCES Folder(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  title TEXT NOT NULL DEFAULT '',
  body,
  stars INT CHECK (stars BETWEEN 0 AND 5),
  pinned BOOLEAN NOT NULL DEFAULT 0,
  done BOOL DEFAULT FALSE,
  at DATETIME DEFAULT CURRENT_TIMESTAMP,
  seen DATETIME DEFAULT (datetime('now')),
  made TEXT DEFAULT (strftime('%s', 'now')),
  size REAL, data BLOB, cost DECIMAL(10,2) DEFAULT -1.5, word VARCHAR(20) COLLATE NOCASE,
  low TEXT GENERATED ALWAYS AS (lower(title)) STORED,
  UNIQUE (folder_id, title),
  CHECK (length(title) < 100 AND pinned IN (0, 1))
);
INSERT INTO note (id, folder_id, title, pinned, data) VALUES(1,NULL,'it''s',1,X'00ff');
INSERT INTO note (id, folder_id, title, pinned, data) VALUES(2,NULL,'b',0,NULL);
CREATE TABLE Folder ([id] INTEGER PRIMARY KEY, "Parent Id" INTEGER, kind "text" DEFAULT "plain", FOREIGN KEY ("Parent Id") REFERENCES folder);
CREATE TABLE pair (a INTEGER NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE strict_one (k INTEGER, v ANY, PRIMARY KEY (k)) STRICT;
CREATE INDEX note_open ON note (title COLLATE NOCASE, at DESC) WHERE pinned = 0 AND done IS NOT 1;
CREATE UNIQUE INDEX IF NOT EXISTS note_low ON note (lower(word));
CREATE VIEW open_notes AS SELECT n.id, ifnull(f.kind, '?') AS kind FROM note n LEFT JOIN Folder f ON f.id = n.folder_id;
CREATE TRIGGER note_seen AFTER UPDATE ON note BEGIN UPDATE note SET seen = 1 WHERE id = NEW.id; SELECT 1; END;
ALTER TABLE pair ADD COLUMN c INTEGER DEFAULT 3;
ALTER TABLE pair RENAME COLUMN c TO d;
COMMIT;
