import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { memoryLog, stillClock } from '../../test/clock-and-log.ts'
import { buildOldDatabase, dumpOldTables } from '../../test/old-database.ts'
import { tempFolder } from '../../test/temp-folder.ts'
import type { SourceSettings, WithPassword } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { openDatabase } from './db.ts'
import { StartError } from './errors.ts'
import { openStore } from './store.ts'

const clock = stillClock()

function open(path: string, log = memoryLog()) {
  return openStore({ path, clock, log })
}

function source(ics_path: string, password = 'p'): SourceSettings & WithPassword {
  return {
    name: 'Name',
    caldav_url: 'https://dav.example.org/',
    username: 'ann',
    password: new Secret(password),
    ics_path,
    sync_interval_secs: 60,
    public_ics: false,
    public_ics_path: null,
  }
}

/** Opening must fail with one sentence that names the file and matches; no stack, no line break. */
function assertRefused(path: string, pattern: RegExp): void {
  assert.throws(
    () => open(path),
    (thrown) => {
      assert.ok(thrown instanceof StartError, String(thrown))
      assert.match(thrown.message, pattern)
      assert.doesNotMatch(thrown.message, /\n/)
      return true
    },
  )
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

/** Runs `body` (a module that may use `openStore`, `options(path)` and `path`) in a process of its own. */
function childArguments(path: string, body: string): string[] {
  const code = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, 'store.ts'))}
    const nothing = () => {}
    const log = { debug: nothing, info: nothing, warn: nothing, error: nothing }
    const path = ${JSON.stringify(path)}
    const open = () => openStore({ path, clock: { now: () => 0 }, log })
    ${body}`
  return ['--input-type=module', '-e', code]
}

test('a missing folder and a missing file are made, for the owner alone', (t) => {
  const path = join(tempFolder(t), 'a', 'b', 'caldav-sync.db')
  const store = open(path)
  assert.equal(store.healthy(), true)
  store.close()
  store.close()
  assert.equal(store.healthy(), false)
  assert.equal(modeOf(join(path, '..')), '700')
  assert.deepEqual(readdirSync(join(path, '..')).sort(), ['caldav-sync.db', 'caldav-sync.db.lock'])
})

test('F8: an empty file is a new database', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  writeFileSync(path, '')
  const store = open(path)
  assert.deepEqual(store.sources.list(), [])
  store.close()
})

for (const [what, bytes] of [
  ['one byte', 'x'],
  ['a text', 'BEGIN:VCALENDAR\r\n'.repeat(1000)],
  ['a header cut short', 'SQLite format'],
  ['zeros', '\0'.repeat(8192)],
] as const) {
  test(`F8: a file that is no database is refused and left as it is: ${what}`, (t) => {
    const path = join(tempFolder(t), 'caldav-sync.db')
    writeFileSync(path, bytes)
    assertRefused(path, /caldav-sync\.db is not an SQLite database; move it away/)
    assert.equal(readFileSync(path, 'utf8'), bytes)
  })
}

test('F8: a database of another program is refused and left as it is', (t) => {
  const path = join(tempFolder(t), 'photos.db')
  for (const [sql, reason] of [
    ['CREATE TABLE photos (id INTEGER)', /belongs to another program \(it has none of our tables\); set DB_PATH/],
    ['CREATE TABLE sources (id INTEGER, feed TEXT)', /a table sources without the column name/],
  ] as const) {
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    const bytes = readFileSync(path)
    assertRefused(path, reason)
    assert.ok(readFileSync(path).equals(bytes))
  }
})

test('F8: a torn page, a missing end and a garbled schema are refused, and the file is left as it is', (t) => {
  const folder = tempFolder(t)
  const whole = join(folder, 'whole.db')
  const store = open(whole)
  for (let count = 0; count < 50; count += 1) store.sources.create(source(`path-${count}`, 'p'.repeat(500)))
  store.close()
  const pages = statSync(whole).size / 4096
  const damage: Readonly<Record<string, (bytes: Buffer) => void>> = {
    'schema.db': (bytes) => void bytes.fill(0x5a, 100, 108),
    'cut.db': () => {},
  }
  for (const [name, spoil] of Object.entries(damage)) {
    const path = join(folder, name)
    copyFileSync(whole, path)
    const bytes = readFileSync(path)
    spoil(bytes)
    writeFileSync(path, bytes)
    if (name === 'cut.db') truncateSync(path, (pages - 3) * 4096)
    const before = readFileSync(path)
    assertRefused(path, new RegExp(`${name} is damaged; .*put a copy of it back`))
    assert.ok(readFileSync(path).equals(before))
  }
  let refused = 0
  for (let page = 1; page < pages; page += 1) {
    const path = join(folder, `torn-${page}.db`)
    const bytes = readFileSync(whole)
    if (bytes.subarray(page * 4096, page * 4096 + 2048).every((byte) => byte === 0)) continue
    bytes.fill(0xa5, page * 4096, page * 4096 + 2048)
    writeFileSync(path, bytes)
    assertRefused(path, /is damaged/)
    assert.ok(readFileSync(path).equals(bytes))
    refused += 1
  }
  assert.ok(refused > 10)
  t.diagnostic(`${refused} torn pages refused`)
})

test('F8: a folder in the place of the file, and a file in the place of the folder, are named', (t) => {
  const folder = tempFolder(t)
  mkdirSync(join(folder, 'caldav-sync.db'))
  assertRefused(join(folder, 'caldav-sync.db'), /caldav-sync\.db is not a file; move it away or set DB_PATH/)
  writeFileSync(join(folder, 'data'), '')
  assertRefused(join(folder, 'data', 'caldav-sync.db'), /data is a file where a folder is needed/)
  assertRefused(join(folder, 'data', 'deeper', 'caldav-sync.db'), /set DATA_DIR to a folder/)
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link.db'))
  assertRefused(join(folder, 'link.db'), /link that leads nowhere/)
})

test('F8: a write-ahead log without its database is not thrown away', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  writeFileSync(`${path}-wal`, 'data')
  assertRefused(path, /missing or empty, but .*-wal beside it still holds data/)
  assert.equal(existsSync(path), false)
  writeFileSync(path, '')
  assertRefused(path, /missing or empty/)
  assert.equal(readFileSync(`${path}-wal`, 'utf8'), 'data')
})

test('F8: a file or folder that must not be written stops the start with one sentence', (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'caldav-sync.db')
  open(path).close()
  const bytes = readFileSync(path)
  // Root may write everywhere, so the child gives that right up.
  const body = `if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534) }
    try { open() } catch (thrown) { console.log(thrown.name + ': ' + thrown.message) }`
  const refusal = () => spawnSync(process.execPath, childArguments(path, body)).stdout.toString()
  chmodSync(path, 0o444)
  chmodSync(folder, 0o777)
  assert.match(refusal(), /^StartError: .*caldav-sync\.db cannot be read and written; give the user/)
  chmodSync(folder, 0o555)
  assert.match(refusal(), /^StartError: \S+ cannot be read and written; give the user.*\n$/)
  chmodSync(folder, 0o700)
  assert.ok(readFileSync(path).equals(bytes))
})

test('F6: a database of a newer version is refused and stays byte for byte what it was', (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'caldav-sync.db')
  open(path).close()
  const newer = new DatabaseSync(path)
  newer.exec('UPDATE schema_version SET version = 2; ALTER TABLE sources ADD COLUMN colour TEXT')
  newer.close()
  const bytes = readFileSync(path)
  assertRefused(path, /caldav-sync\.db was written by a newer version of this program \(schema 2, this one knows 1\)/)
  assert.ok(readFileSync(path).equals(bytes))
  assert.deepEqual(readdirSync(folder).sort(), ['caldav-sync.db', 'caldav-sync.db.lock'])
})

test('F6: a newer database whose last changes are still in its write-ahead log stays what it was, too', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  open(path).close()
  const child = spawnSync(process.execPath, [
    '-e',
    `const { DatabaseSync } = require('node:sqlite')
     new DatabaseSync(${JSON.stringify(path)}).exec('UPDATE schema_version SET version = 3')
     process.kill(process.pid, 'SIGKILL')`,
  ])
  assert.equal(child.signal, 'SIGKILL')
  const before = [readFileSync(path), readFileSync(`${path}-wal`)]
  assertRefused(path, /schema 3, this one knows 1/)
  assert.deepEqual([readFileSync(path), readFileSync(`${path}-wal`)], before)
})

test('F9: a second process on one data folder refuses to start, until the first is gone, however it ended', async (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  // A store that nobody holds is collected, and its lock with it.
  const body = "const store = open(); console.log('open'); setInterval(() => store.healthy(), 1000)"
  const child = spawn(process.execPath, childArguments(path, body))
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  assertRefused(path, /Another process of this program already works with .*caldav-sync\.db; stop it first/)
  const tool = new DatabaseSync(path)
  assert.equal(tool.prepare('SELECT count(*) AS rows FROM sources').get()?.rows, 0)
  tool.close()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const store = open(path)
  assertRefused(path, /Another process/)
  store.close()
  open(path).close()
})

test('F9: the lock holds whatever name leads to the file', (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'caldav-sync.db')
  const store = open(path)
  t.after(() => store.close())
  symlinkSync(path, join(folder, 'other.db'))
  assertRefused(join(folder, 'other.db'), /Another process/)
})

for (const umask of [0o022, 0o000]) {
  test(`F2: every file is for the owner alone under umask ${umask.toString(8)}`, (t) => {
    const folder = tempFolder(t)
    const path = join(folder, 'caldav-sync.db')
    const previous = process.umask(umask)
    t.after(() => process.umask(previous))
    buildOldDatabase(path, 'v0.2.3')
    chmodSync(path, 0o666)
    const log = memoryLog()
    const store = open(path, log)
    store.sources.create(source('a'))
    const names = readdirSync(folder).sort()
    assert.deepEqual(
      names.map((name) => `${name} ${modeOf(join(folder, name))}`),
      ['', '-shm', '-wal', '.before-1.0.0', '.lock'].map((suffix) => `caldav-sync.db${suffix} 600`),
    )
    store.close()
    assert.equal(log.lines.filter((line) => /^warn A file with passwords.*"rights":"0666"/.test(line)).length, 1)
  })
}

test('F4: a password that was replaced, or whose source was deleted, is nowhere in the files', (t) => {
  const folder = tempFolder(t)
  const store = open(join(folder, 'caldav-sync.db'))
  t.after(() => store.close())
  const canary = 'canary-5b1d9e70'
  const hits = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(canary)).length
  store.sources.create(source('a', canary))
  assert.equal(hits(), 1)
  store.sources.update(1, { password: new Secret('other') })
  assert.equal(hits(), 0)
  store.sources.create(source('b', canary))
  assert.equal(hits(), 1)
  assert.equal(store.sources.remove(2), true)
  assert.equal(hits(), 0)
})

test('I2: the connection syncs fully, checks foreign keys and wipes what it deletes', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  open(path).close()
  const database = openDatabase(path)
  t.after(() => database.close())
  const pragma = (name: string) => Object.values(database.get(`PRAGMA ${name}`) ?? {})[0]
  const names = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'busy_timeout']
  assert.deepEqual(names.map(pragma), ['wal', 2, 1, 1, 5000])
})

test('I2: a database whose write-ahead log was cut at any 512 bytes opens with whole transactions only', (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'caldav-sync.db')
  open(path).close()
  const body = `const store = open()
    const { Secret } = await import(${JSON.stringify(join(import.meta.dirname, '../core/types.ts'))})
    for (let n = 0; n < 8; n += 1) store.transaction(() => {
      const settings = { name: 'n', caldav_url: 'u', username: 'n', password: new Secret('p'), sync_interval_secs: 0,
        public_ics: false, public_ics_path: null }
      store.sources.create({ ...settings, ics_path: 'first-' + n })
      store.sources.create({ ...settings, ics_path: 'second-' + n })
    })
    process.kill(process.pid, 'SIGKILL')`
  assert.equal(spawnSync(process.execPath, childArguments(path, body)).signal, 'SIGKILL')
  const log = readFileSync(`${path}-wal`)
  const seen = new Set<number>()
  const step = process.env.LONG ? 512 : 512 * 5
  for (let length = log.length; length >= 0; length -= step) {
    const cut = join(folder, `${length}.db`)
    copyFileSync(path, cut)
    writeFileSync(`${cut}-wal`, log.subarray(0, length))
    const store = open(cut)
    const count = store.sources.list().length
    store.close()
    assert.equal(count % 2, 0)
    seen.add(count)
  }
  assert.ok(seen.has(16) && seen.has(0) && seen.size > 5, [...seen].join())
})

test('the copy of an old database is made before anything else; where it cannot be, nothing changes', (t) => {
  const folder = tempFolder(t)
  const path = join(folder, 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.4')
  const before = dumpOldTables(path)
  mkdirSync(`${path}.copying`)
  assertRefused(path, /could not be copied to .*before-1\.0\.0; it is unchanged/)
  assert.deepEqual(dumpOldTables(path), before)
  assert.equal(existsSync(`${path}.before-1.0.0`), false)
})

test('a half-written copy of a killed upgrade is made anew', (t) => {
  const path = join(tempFolder(t), 'caldav-sync.db')
  buildOldDatabase(path, 'v0.2.4')
  const before = dumpOldTables(path)
  writeFileSync(`${path}.copying`, 'half')
  open(path).close()
  assert.deepEqual(dumpOldTables(`${path}.before-1.0.0`), before)
  assert.equal(existsSync(`${path}.copying`), false)
})
