"""The vault's tables, as numbered migrations that are applied once each, in order."""

from __future__ import annotations

import apsw

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL, account TEXT NOT NULL, UNIQUE(name, account));
    CREATE TABLE thread(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE(source, name));

    CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    -- `space` is the source a handle means something in, or "" for mail addresses and phone numbers.
    CREATE TABLE identity(id INTEGER PRIMARY KEY, space TEXT NOT NULL, handle TEXT NOT NULL, name TEXT,
        person INTEGER NOT NULL, UNIQUE(space, handle));
    CREATE INDEX identity_person ON identity(person);

    -- n is the journal's sequence number at which the record was added, so it is never given twice.
    -- local is the record's own wall clock in seconds, utc its instant in milliseconds; NULL when unknown.
    CREATE TABLE record(n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, source INTEGER NOT NULL, kind TEXT NOT NULL,
        thread INTEGER, author INTEGER, local INTEGER, utc INTEGER, copy INTEGER NOT NULL, hash BLOB NOT NULL,
        body BLOB NOT NULL);
    CREATE INDEX record_thread ON record(thread, utc) WHERE thread IS NOT NULL;
    CREATE INDEX record_local ON record(local, source, kind);
    CREATE TABLE record_person(n INTEGER NOT NULL, identity INTEGER NOT NULL,
        PRIMARY KEY(n, identity)) WITHOUT ROWID;
    -- Earlier contents of a record that its source has since edited.
    CREATE TABLE version(n INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY(n, hash)) WITHOUT ROWID;

    CREATE TABLE file(id INTEGER PRIMARY KEY, hash TEXT NOT NULL, member TEXT NOT NULL, path TEXT NOT NULL,
        size INTEGER NOT NULL, importer TEXT NOT NULL, version INTEGER NOT NULL,
        UNIQUE(hash, member, importer, version));
    CREATE TABLE origin(n INTEGER NOT NULL, file INTEGER NOT NULL, locator TEXT NOT NULL,
        PRIMARY KEY(n, file, locator)) WITHOUT ROWID;
    CREATE INDEX origin_file ON origin(file);

    CREATE TABLE blob(hash TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE record_blob(n INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(n, hash)) WITHOUT ROWID;
    CREATE INDEX record_blob_hash ON record_blob(hash);

    CREATE TABLE series(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, metric TEXT NOT NULL, unit TEXT NOT NULL,
        device TEXT NOT NULL, UNIQUE(source, metric, unit, device));
    -- start in milliseconds UTC; duration in milliseconds, -1 without an end; offset in seconds east of UTC;
    -- zoned 0 when the offset is assumed.
    CREATE TABLE sample(series INTEGER NOT NULL, start INTEGER NOT NULL, duration INTEGER NOT NULL, value REAL NOT NULL,
        offset INTEGER NOT NULL, zoned INTEGER NOT NULL, precision TEXT NOT NULL, file INTEGER NOT NULL,
        locator TEXT NOT NULL, PRIMARY KEY(series, start, duration, value)) WITHOUT ROWID;
    CREATE INDEX sample_file ON sample(file);

    CREATE TABLE journal(seq INTEGER PRIMARY KEY, n INTEGER NOT NULL, change INTEGER NOT NULL);

    -- Salted hashes of what was forgotten, so that a re-import does not bring it back.
    CREATE TABLE tombstone(salt BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(salt, hash)) WITHOUT ROWID;

    CREATE TABLE import(id INTEGER PRIMARY KEY, importer TEXT NOT NULL, version INTEGER NOT NULL, path TEXT NOT NULL,
        digest TEXT NOT NULL, state TEXT NOT NULL, started TEXT NOT NULL, finished TEXT, position TEXT,
        counts TEXT NOT NULL);
    CREATE INDEX import_digest ON import(digest, importer, version);
    CREATE TABLE bad_row(import INTEGER NOT NULL, code TEXT NOT NULL, member TEXT NOT NULL, locator TEXT NOT NULL,
        message TEXT NOT NULL, raw BLOB NOT NULL);
    CREATE INDEX bad_row_import ON bad_row(import);
    """,
    """
    ALTER TABLE bad_row ADD COLUMN file INTEGER;
    CREATE TABLE import_file(import INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY(import, file)) WITHOUT ROWID;

    -- The receipts of forgettings whose attached files, index and freed pages are still to be dealt with.
    CREATE TABLE forgetting(id INTEGER PRIMARY KEY, receipt TEXT NOT NULL);
    """,
    # Only a forgetting asks by file, and it reads everything anyway; each row of an import paid for them.
    "DROP INDEX origin_file; DROP INDEX sample_file;",
    """
    -- 1 when the owner gave the name.
    ALTER TABLE person ADD COLUMN named INTEGER NOT NULL DEFAULT 0;
    -- Two people found to be one: whoever had this name went over into `kept`, with these identities.
    CREATE TABLE merge(id INTEGER PRIMARY KEY, kept INTEGER NOT NULL, name TEXT NOT NULL, named INTEGER NOT NULL,
        why TEXT NOT NULL);
    CREATE TABLE merged(merge INTEGER NOT NULL, identity INTEGER NOT NULL, PRIMARY KEY(merge, identity)) WITHOUT ROWID;
    -- Identities that the owner says are two people, the smaller number first.
    CREATE TABLE apart(one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY(one, other)) WITHOUT ROWID;
    """,
    # What was taken from watched folders: how many files it was, their bytes, its last change in nanoseconds.
    "CREATE TABLE watched(path TEXT PRIMARY KEY, files INTEGER NOT NULL, size INTEGER NOT NULL,"
    " changed INTEGER NOT NULL) WITHOUT ROWID;",
    """
    -- Keys of programs that ask over HTTP; lists are JSON, days ISO, NULL where nothing is limited.
    CREATE TABLE api_key(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, hash BLOB NOT NULL UNIQUE,
        scopes TEXT NOT NULL, sources TEXT, kinds TEXT, since TEXT, until TEXT, made TEXT NOT NULL);
    -- What was asked through which key; the questions themselves are not kept.
    CREATE TABLE audit(id INTEGER PRIMARY KEY, time TEXT NOT NULL, key TEXT NOT NULL, route TEXT NOT NULL,
        status INTEGER NOT NULL);
    """,
    # Requests that left this machine; `time` ISO 8601 in UTC, `bytes` those of the body.
    "CREATE TABLE outgoing(id INTEGER PRIMARY KEY, time TEXT NOT NULL, host TEXT NOT NULL, model TEXT NOT NULL,"
    " purpose TEXT NOT NULL, bytes INTEGER NOT NULL);",
    """
    -- Conversations with Darak, which are no records; `key` names the API key they were held with, "" for the owner.
    CREATE TABLE conversation(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL);
    CREATE TABLE turn(id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, time TEXT NOT NULL, question TEXT NOT NULL,
        answer TEXT NOT NULL, status TEXT NOT NULL, model TEXT);
    CREATE INDEX turn_conversation ON turn(conversation);
    -- What an answer rested on: records by id, samples by metric.
    CREATE TABLE cited(turn INTEGER NOT NULL, number INTEGER NOT NULL, record BLOB, metric TEXT,
        PRIMARY KEY(turn, number)) WITHOUT ROWID;
    CREATE INDEX cited_record ON cited(record) WHERE record IS NOT NULL;
    """,
    # The ids that records have in exports that tell less of them.
    "CREATE TABLE lesser(id BLOB PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID; CREATE INDEX lesser_n ON lesser(n);",
    # The charts of an answer, as JSON; '' for none.
    "ALTER TABLE turn ADD COLUMN series TEXT NOT NULL DEFAULT '';",
)


class VaultTooNew(Exception):
    """The vault was written by a newer Darak."""


def migrate(connection: apsw.Connection) -> None:
    """Brings the vault to this version of the schema, one transaction a migration."""
    version = int(connection.pragma("user_version"))
    if version > len(MIGRATIONS):
        raise VaultTooNew("This vault was written by a newer Darak; update Darak to open it.")
    for number in range(version, len(MIGRATIONS)):
        with connection:
            connection.execute(MIGRATIONS[number])
            connection.execute(f"PRAGMA user_version={number + 1}")
