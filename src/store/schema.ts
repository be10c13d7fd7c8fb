/**
 * What the database holds: the tables of the service this one follows (contract 1.10), and our own beside them.
 * Nothing of the old tables is renamed, dropped or retyped, and every column added to them may be left out of an
 * INSERT, so that the old service can still work with the file.
 */

/** Raised with every change that an older program would not understand. */
export const SCHEMA_VERSION = 1
/** The release that brought SCHEMA_VERSION; it names the copy kept of an older database. */
export const SCHEMA_RELEASE = '1.0.0'

/** Written where a date could not be told; also the default SQLite accepts for a column added later. */
const STAMP = "TEXT NOT NULL DEFAULT '1970-01-01 00:00:00'"

export interface Table {
  readonly name: string
  /** The whole table, for a database without it. */
  readonly create: string
  /** Without these a table of this name is not the one we know. */
  readonly required: readonly string[]
  /** Column name and declaration, in the form ALTER TABLE ADD COLUMN takes. */
  readonly addable: readonly (readonly [name: string, declaration: string])[]
}

const ITEM_STATUS: Table['addable'] = [
  ['sync_interval_secs', 'INTEGER NOT NULL DEFAULT 3600'],
  ['last_synced', 'TEXT'],
  ['last_sync_status', 'TEXT'],
  ['last_sync_error', 'TEXT'],
  ['created_at', STAMP],
]

const SCHEDULE: Table['addable'] = [
  ['last_attempt_at', 'INTEGER'],
  ['last_success_at', 'INTEGER'],
  ['next_run_at', 'INTEGER'],
  ['failures', 'INTEGER NOT NULL DEFAULT 0'],
]

const SOURCES: Table = {
  name: 'sources',
  create: `CREATE TABLE sources (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, caldav_url TEXT NOT NULL,
    username TEXT NOT NULL, password TEXT NOT NULL, ics_path TEXT NOT NULL UNIQUE,
    sync_interval_secs INTEGER NOT NULL DEFAULT 3600, last_synced TEXT, last_sync_status TEXT, last_sync_error TEXT,
    created_at TEXT NOT NULL DEFAULT (datetime('now')))`,
  required: ['id', 'name', 'caldav_url', 'username', 'password', 'ics_path'],
  addable: [
    ...ITEM_STATUS,
    ['public_ics', 'INTEGER NOT NULL DEFAULT 0'],
    ['public_ics_path', 'TEXT'],
    ['connection', 'TEXT'],
    ['paused', 'INTEGER NOT NULL DEFAULT 0'],
    ['calendars', 'TEXT'],
    ...SCHEDULE,
  ],
}

const ICS_DATA: Table = {
  name: 'ics_data',
  create: `CREATE TABLE ics_data (source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
    ics_content TEXT NOT NULL, updated_at TEXT NOT NULL DEFAULT (datetime('now')))`,
  required: ['source_id', 'ics_content'],
  addable: [['updated_at', STAMP]],
}

const DESTINATIONS: Table = {
  name: 'destinations',
  create: `CREATE TABLE destinations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, ics_url TEXT NOT NULL,
    caldav_url TEXT NOT NULL, calendar_name TEXT NOT NULL, username TEXT NOT NULL, password TEXT NOT NULL,
    sync_interval_secs INTEGER NOT NULL DEFAULT 3600, sync_all INTEGER NOT NULL DEFAULT 0,
    keep_local INTEGER NOT NULL DEFAULT 0, last_synced TEXT, last_sync_status TEXT, last_sync_error TEXT,
    created_at TEXT NOT NULL DEFAULT (datetime('now')))`,
  required: ['id', 'name', 'ics_url', 'caldav_url', 'calendar_name', 'username', 'password'],
  addable: [
    ...ITEM_STATUS,
    ['sync_all', 'INTEGER NOT NULL DEFAULT 0'],
    ['keep_local', 'INTEGER NOT NULL DEFAULT 0'],
    ['remove_dropped', 'INTEGER NOT NULL DEFAULT 0'],
    ['local_edits', "TEXT NOT NULL DEFAULT 'overwrite'"],
    ['guests', "TEXT NOT NULL DEFAULT 'silent'"],
    ['create_calendar', 'INTEGER NOT NULL DEFAULT 0'],
    ['connection', 'TEXT'],
    ['feed_connection', 'TEXT'],
    ['rules', 'TEXT'],
    ['rules_salt', 'TEXT'],
    ['paused', 'INTEGER NOT NULL DEFAULT 0'],
    ['delete_limit', 'INTEGER'],
    ...SCHEDULE,
  ],
}

const SOURCE_PATHS: Table = {
  name: 'source_paths',
  create: `CREATE TABLE source_paths (id INTEGER PRIMARY KEY AUTOINCREMENT,
    source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE, path TEXT NOT NULL UNIQUE,
    is_public INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL DEFAULT (datetime('now')))`,
  required: ['id', 'source_id', 'path'],
  addable: [
    ['is_public', 'INTEGER NOT NULL DEFAULT 0'],
    ['created_at', STAMP],
  ],
}

/** Tables of the service this one follows. */
export const OLD_TABLES: readonly Table[] = [SOURCES, ICS_DATA, DESTINATIONS, SOURCE_PATHS]

/** The old service relies on it; left out where an old database already holds a path twice. */
export const PUBLIC_PATH_INDEX = `CREATE UNIQUE INDEX uq_sources_public_ics_path ON sources(public_ics_path)
  WHERE public_ics_path IS NOT NULL`

const ITEM = `source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
    destination_id INTEGER REFERENCES destinations(id) ON DELETE CASCADE`
const ONE_ITEM = 'CHECK ((source_id IS NULL) <> (destination_id IS NULL))'

/** Our own tables and indexes by name, in the order they are made. */
export const OWN_PARTS: readonly (readonly [name: string, create: string])[] = [
  [
    'schema_version',
    `CREATE TABLE schema_version (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL,
      changed_at TEXT NOT NULL)`,
  ],
  [
    // Describes the bytes in ics_data whose hash is `tag`; other bytes were written by the old service.
    'feed_meta',
    `CREATE TABLE feed_meta (source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE, tag TEXT NOT NULL,
      modified_at INTEGER NOT NULL, gzip BLOB, br BLOB, zstd BLOB)`,
  ],
  [
    'runs',
    `CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, ${ITEM}, "trigger" TEXT NOT NULL,
      started_at INTEGER NOT NULL, finished_at INTEGER, status TEXT NOT NULL, message TEXT,
      counts TEXT NOT NULL DEFAULT '{}', problems TEXT NOT NULL DEFAULT '[]', failure_kind TEXT, failure_message TEXT,
      operations BLOB, undo_of INTEGER, ${ONE_ITEM})`,
  ],
  [
    // What a run was at, and when; as JSON.
    'run_logs',
    `CREATE TABLE run_logs (run_id INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE, steps TEXT NOT NULL)`,
  ],
  [
    // Runs by the quarter of an hour, kept longer than the runs themselves and without saying whose they were.
    'activity',
    `CREATE TABLE activity (slot INTEGER NOT NULL, status TEXT NOT NULL, runs INTEGER NOT NULL, changes INTEGER NOT NULL,
      PRIMARY KEY (slot, status)) WITHOUT ROWID`,
  ],
  ['ix_sources_due', 'CREATE INDEX ix_sources_due ON sources(next_run_at)'],
  ['ix_destinations_due', 'CREATE INDEX ix_destinations_due ON destinations(next_run_at)'],
  ['ix_runs_source', 'CREATE INDEX ix_runs_source ON runs(source_id, id)'],
  ['ix_runs_destination', 'CREATE INDEX ix_runs_destination ON runs(destination_id, id)'],
  ['ix_runs_running', "CREATE INDEX ix_runs_running ON runs(id) WHERE status = 'running'"],
  [
    'calendars',
    `CREATE TABLE calendars (id INTEGER PRIMARY KEY AUTOINCREMENT, ${ITEM}, url TEXT NOT NULL,
      display_name TEXT NOT NULL, color TEXT, read_at INTEGER, sync_token TEXT, ctag TEXT, token_mark TEXT,
      marks_known INTEGER NOT NULL DEFAULT 0, marks_since INTEGER, settled INTEGER NOT NULL DEFAULT 0, looked_at INTEGER, full_at INTEGER,
      ${ONE_ITEM})`,
  ],
  [
    'server_profiles',
    `CREATE TABLE server_profiles (origin TEXT NOT NULL, username TEXT NOT NULL, software TEXT, sync_collection INTEGER,
      data_in_sync INTEGER, batch INTEGER NOT NULL, writers INTEGER NOT NULL, learnt_at INTEGER NOT NULL,
      PRIMARY KEY (origin, username)) WITHOUT ROWID`,
  ],
  ['uq_calendars_source', 'CREATE UNIQUE INDEX uq_calendars_source ON calendars(source_id, url)'],
  ['uq_calendars_destination', 'CREATE UNIQUE INDEX uq_calendars_destination ON calendars(destination_id, url)'],
  ['ix_calendars_url', 'CREATE INDEX ix_calendars_url ON calendars(url)'],
  [
    'resources',
    `CREATE TABLE resources (id INTEGER PRIMARY KEY,
      calendar_id INTEGER NOT NULL REFERENCES calendars(id) ON DELETE CASCADE, href TEXT NOT NULL, etag TEXT, uid TEXT,
      feed_uid TEXT, "current" TEXT, sent TEXT, base_sent TEXT, base_held TEXT, owned INTEGER NOT NULL DEFAULT 0,
      text TEXT NOT NULL)`,
  ],
  // Few rows or none: asked for at every run, it must not read them all.
  ['ix_resources_untagged', 'CREATE INDEX ix_resources_untagged ON resources(calendar_id) WHERE etag IS NULL'],
  ['uq_resources_href', 'CREATE UNIQUE INDEX uq_resources_href ON resources(calendar_id, href)'],
  [
    'downloads',
    `CREATE TABLE downloads (destination_id INTEGER PRIMARY KEY REFERENCES destinations(id) ON DELETE CASCADE,
      url TEXT NOT NULL, etag TEXT, last_modified TEXT, text_zstd BLOB NOT NULL, fetched_at INTEGER NOT NULL)`,
  ],
  [
    'held_deletions',
    `CREATE TABLE held_deletions (id INTEGER PRIMARY KEY, destination_id INTEGER NOT NULL
      REFERENCES destinations(id) ON DELETE CASCADE, href TEXT NOT NULL, uid TEXT NOT NULL,
      subject TEXT NOT NULL, first_seen_at INTEGER NOT NULL, times INTEGER NOT NULL, answer TEXT,
      UNIQUE (destination_id, href))`,
  ],
  [
    'decisions',
    `CREATE TABLE decisions (destination_id INTEGER NOT NULL REFERENCES destinations(id) ON DELETE CASCADE,
      uid TEXT NOT NULL, kind TEXT NOT NULL, fingerprint TEXT, message TEXT NOT NULL, run_id INTEGER, at INTEGER NOT NULL,
      retry_at INTEGER, PRIMARY KEY (destination_id, uid, kind)) WITHOUT ROWID`,
  ],
  [
    // Each text once, however often it is replaced or removed.
    'journal_texts',
    'CREATE TABLE journal_texts (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, text_zstd BLOB NOT NULL)',
  ],
  [
    'journal',
    `CREATE TABLE journal (id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
      destination_id INTEGER NOT NULL REFERENCES destinations(id) ON DELETE CASCADE, calendar_url TEXT NOT NULL,
      href TEXT NOT NULL, uid TEXT NOT NULL, kind TEXT NOT NULL, before_text INTEGER REFERENCES journal_texts(id),
      before_etag TEXT, before_sent TEXT, before_owned INTEGER, "after" TEXT, at INTEGER NOT NULL)`,
  ],
  [
    // What an address may have in addition to what the old tables say of it; path and is_public only of our own kind.
    'links',
    `CREATE TABLE links (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,
      source_id INTEGER REFERENCES sources(id) ON DELETE CASCADE,
      source_path_id INTEGER UNIQUE REFERENCES source_paths(id) ON DELETE CASCADE, path TEXT, path_hash TEXT UNIQUE,
      is_public INTEGER NOT NULL DEFAULT 0, label TEXT NOT NULL DEFAULT '', name TEXT, paused INTEGER NOT NULL DEFAULT 0,
      expires_at INTEGER, freshness_secs INTEGER, mark TEXT NOT NULL DEFAULT 'none', rules TEXT NOT NULL DEFAULT '[]',
      salt TEXT NOT NULL, created_at INTEGER NOT NULL)`,
  ],
  ['ix_links_source', 'CREATE INDEX ix_links_source ON links(source_id)'],
  ['uq_links_source', 'CREATE UNIQUE INDEX uq_links_source ON links(source_id, kind) WHERE source_path_id IS NULL'],
  [
    'link_sources',
    `CREATE TABLE link_sources (link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE,
      source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE, place INTEGER NOT NULL,
      PRIMARY KEY (link_id, source_id)) WITHOUT ROWID`,
  ],
  ['ix_feed_meta_tag', 'CREATE INDEX ix_feed_meta_tag ON feed_meta(tag)'],
  ['ix_link_sources_source', 'CREATE INDEX ix_link_sources_source ON link_sources(source_id)'],
  [
    'link_feeds',
    `CREATE TABLE link_feeds (link_id INTEGER PRIMARY KEY REFERENCES links(id) ON DELETE CASCADE, made_of TEXT NOT NULL,
      body BLOB NOT NULL, tag TEXT NOT NULL, modified_at INTEGER NOT NULL, gzip BLOB, br BLOB, zstd BLOB,
      findings TEXT NOT NULL)`,
  ],
  ['ix_link_feeds_tag', 'CREATE INDEX ix_link_feeds_tag ON link_feeds(tag)'],
  [
    'link_reads',
    `CREATE TABLE link_reads (id INTEGER PRIMARY KEY, link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE,
      at INTEGER NOT NULL, client TEXT NOT NULL, status INTEGER NOT NULL, bytes INTEGER NOT NULL)`,
  ],
  ['ix_link_reads', 'CREATE INDEX ix_link_reads ON link_reads(link_id, id)'],
  [
    'link_readers',
    `CREATE TABLE link_readers (link_id INTEGER NOT NULL REFERENCES links(id) ON DELETE CASCADE, client TEXT NOT NULL,
      reads INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
      PRIMARY KEY (link_id, client)) WITHOUT ROWID`,
  ],
  [
    // Addresses that were given up: their readers are told so. Only hashes, for they were secrets.
    'gone_paths',
    `CREATE TABLE gone_paths (path_hash TEXT PRIMARY KEY, is_public INTEGER NOT NULL, gone_at INTEGER NOT NULL)
      WITHOUT ROWID`,
  ],
  ['ix_journal_run', 'CREATE INDEX ix_journal_run ON journal(run_id, id)'],
  ['ix_journal_destination', 'CREATE INDEX ix_journal_destination ON journal(destination_id)'],
  ['ix_journal_at', 'CREATE INDEX ix_journal_at ON journal(at)'],
  ['ix_journal_text', 'CREATE INDEX ix_journal_text ON journal(before_text)'],
]
