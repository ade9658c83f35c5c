// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/migrations.h"

#include "core/ledger/seal.h"

#include <SQLiteCpp/Database.h>

#include <array>
#include <string>

namespace daymark::ledger {

namespace {

// Times are microseconds and days are days since 1970-01-01 UTC: date(day * 86400, 'unixepoch').
constexpr const char* kFirstSchema = R"sql(
CREATE TABLE id_types (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    added_by TEXT NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE,
    kind TEXT NOT NULL,
    dataset TEXT NOT NULL,
    uri TEXT NOT NULL,
    data_table TEXT NOT NULL,
    query TEXT NOT NULL,
    signal_table TEXT NOT NULL,
    unit_day TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    day_order TEXT NOT NULL,
    horizon_days INTEGER NOT NULL,
    first_day INTEGER,
    poll_minutes INTEGER NOT NULL,
    tolerance_percent REAL NOT NULL,
    staleness_days INTEGER NOT NULL,
    data_place TEXT NOT NULL,
    signal_place TEXT NOT NULL,
    first_day_fixed INTEGER NOT NULL DEFAULT 0,
    enabled INTEGER NOT NULL DEFAULT 1,
    removed INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    edited_at INTEGER NOT NULL,
    poll_last INTEGER,
    poll_success INTEGER,
    poll_next INTEGER,
    poll_failures INTEGER NOT NULL DEFAULT 0,
    poll_error TEXT,
    poll_message TEXT,
    poll_hint TEXT,
    signals_read_at INTEGER
) STRICT;
CREATE UNIQUE INDEX sources_by_name ON sources (name) WHERE removed = 0;

CREATE TABLE source_settings (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    scope TEXT NOT NULL CHECK (scope IN ('column', 'format')),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (source, scope, name)
) STRICT, WITHOUT ROWID;

-- last_seen counts once a signal is gone; before that it was last seen when signals were last read.
CREATE TABLE signals (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    by_operator INTEGER NOT NULL,
    actor TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, day, by_operator)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'committing', 'imported', 'failed',
        'cancelled', 'interrupted', 'superseded', 'rolled_back')),
    first_day INTEGER NOT NULL,
    actor TEXT NOT NULL,
    rows_read INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    seconds REAL NOT NULL DEFAULT 0,
    phase TEXT NOT NULL DEFAULT '',
    heartbeat INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    process_start TEXT NOT NULL,
    error TEXT,
    message TEXT,
    hint TEXT,
    rejects_file TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    fingerprint BLOB
) STRICT;
CREATE INDEX runs_by_day ON runs (source, day);
CREATE UNIQUE INDEX one_live_run ON runs (source) WHERE state IN ('running', 'committing');

CREATE TABLE days (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('imported', 'skipped', 'failed')),
    current_run INTEGER REFERENCES runs (id),
    failed_run INTEGER REFERENCES runs (id),
    empty INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (source, day),
    CHECK ((standing = 'imported') = (current_run IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE run_files (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_rules (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (run, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_examples (
    run INTEGER NOT NULL,
    code TEXT NOT NULL,
    position INTEGER NOT NULL,
    file TEXT NOT NULL,
    row_number INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (run, code, position),
    FOREIGN KEY (run, code) REFERENCES run_rules (run, code) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE run_timings (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    phase TEXT NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE rollups (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    metric INTEGER NOT NULL REFERENCES metrics (id),
    id_type TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    units INTEGER NOT NULL,
    value_rows INTEGER NOT NULL,
    ratio_rows INTEGER NOT NULL,
    sum REAL,
    sum_squares REAL,
    minimum REAL,
    maximum REAL,
    numerator_sum REAL,
    denominator_sum REAL,
    zero_denominators INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    PRIMARY KEY (run, metric, id_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE undated_rows (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    row_count INTEGER NOT NULL,
    PRIMARY KEY (run, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    source TEXT NOT NULL COLLATE NOCASE,
    day INTEGER,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_source ON journal (source);
CREATE TRIGGER journal_keeps_entries BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER journal_loses_none BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'the journal is only ever added to'); END;
CREATE TRIGGER journal_replaces_none BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id)
BEGIN SELECT RAISE (ABORT, 'the journal is only ever added to'); END;
)sql";

// Versions of a day: a run that another one replaced keeps its files, below history/, until it is
// dropped. A rollback that is at work has a row, as a run that is committing has its state.
constexpr const char* kVersions = R"sql(
ALTER TABLE sources ADD COLUMN recheck_days INTEGER NOT NULL DEFAULT 3;
ALTER TABLE sources ADD COLUMN recheck TEXT NOT NULL DEFAULT 'full';
ALTER TABLE sources ADD COLUMN keep_versions INTEGER NOT NULL DEFAULT 5;
ALTER TABLE sources ADD COLUMN keep_days INTEGER NOT NULL DEFAULT 30;

-- after_run: the version that had landed when the day was announced, or announced again.
ALTER TABLE signals ADD COLUMN returned_at INTEGER;
ALTER TABLE signals ADD COLUMN after_run INTEGER;

ALTER TABLE runs ADD COLUMN replaces INTEGER REFERENCES runs (id);
ALTER TABLE runs ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN retired_at INTEGER;
ALTER TABLE runs ADD COLUMN dropped_at INTEGER;

ALTER TABLE days ADD COLUMN checked_at INTEGER;
ALTER TABLE days ADD COLUMN difference TEXT NOT NULL DEFAULT '';

CREATE TABLE rollbacks (
    source INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    from_run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    to_run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
)sql";

// What a source's changes do: re-imports by themselves, the columns that were agreed on, and a
// first day that was moved back. Up to backfill_until days may land before others that have landed.
constexpr const char* kChanges = R"sql(
ALTER TABLE sources ADD COLUMN reimport_above REAL;
ALTER TABLE sources ADD COLUMN column_gone TEXT NOT NULL DEFAULT 'block';
ALTER TABLE sources ADD COLUMN column_new TEXT NOT NULL DEFAULT 'warn';
ALTER TABLE sources ADD COLUMN column_type TEXT NOT NULL DEFAULT 'warn';
ALTER TABLE sources ADD COLUMN schema_break TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN backfill_until INTEGER;
ALTER TABLE sources ADD COLUMN started_over INTEGER NOT NULL DEFAULT 0;

CREATE TABLE contract_columns (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type_name TEXT NOT NULL,
    PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
)sql";

// What is wrong with a day's files, and the fingerprint of what its source held at the last look. A
// look before a re-import is no run once it has ended; those of older programs were left behind.
constexpr const char* kDamage = R"sql(
ALTER TABLE days ADD COLUMN damage TEXT NOT NULL DEFAULT '';
ALTER TABLE days ADD COLUMN seen BLOB;
ALTER TABLE runs ADD COLUMN look INTEGER NOT NULL DEFAULT 0;
UPDATE days SET seen = (SELECT fingerprint FROM runs WHERE id = current_run) WHERE changed = 0;
DELETE FROM runs WHERE state = 'cancelled' AND replaces IS NOT NULL
    AND note LIKE 'Only looked at: nothing was committed.%';
)sql";

// The hash of a landed run's figures: core/ledger/seal.h.
constexpr const char* kSeals = "ALTER TABLE runs ADD COLUMN seal BLOB";

constexpr std::array<const char*, 5> kSteps = {kFirstSchema, kVersions, kChanges, kDamage, kSeals};

} // namespace

std::span<const char* const> migrations() { return kSteps; }

int schemaVersion(SQLite::Database& database)
{
    return database.execAndGet("PRAGMA user_version").getInt();
}

void migrate(SQLite::Database& database, std::span<const char* const> steps)
{
    const auto missing = static_cast<std::size_t>(schemaVersion(database));
    for (std::size_t step = missing; step < steps.size(); ++step)
        database.exec(steps[step]);
    if (missing < kSealedVersion && steps.size() >= std::size_t{kSealedVersion})
        sealUnsealed(database);
    database.exec("PRAGMA user_version = " + std::to_string(steps.size()));
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
}

} // namespace daymark::ledger
