import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concerns, type Known } from './attention.ts'
import type { Destination, Kind, Link, RecentRun, Source } from './types.ts'

const common = {
  caldav_url: 'https://cloud.example.com/',
  username: 'ann',
  sync_interval_secs: 3600,
  paused: false,
  created_at: '2026-03-01 00:00:00',
  last_synced: null,
  last_sync_status: 'ok',
  last_sync_error: null,
  last_attempt_at: null,
  last_success_at: null,
  connection: null,
  next_run_at: '2026-03-01T12:00:00.000Z',
  failures: 0,
} as const

const source = (id: number, changes: Partial<Source> = {}): Source => ({
  ...common,
  id,
  name: `Source ${id}`,
  ics_path: `path-${id}`,
  public_ics: false,
  public_ics_path: null,
  calendars: null,
  ...changes,
})

const destination = (id: number, changes: Partial<Destination> = {}): Destination => ({
  ...common,
  id,
  name: `Destination ${id}`,
  ics_url: 'https://example.com/feed.ics',
  calendar_name: 'Team',
  sync_all: true,
  keep_local: true,
  remove_dropped: false,
  rules: [],
  delete_limit: null,
  local_edits: 'overwrite',
  guests: 'silent',
  create_calendar: false,
  feed_connection: null,
  held: 0,
  ...changes,
})

const failing = { last_sync_status: 'error', last_sync_error: 'It does not answer.', failures: 3 } as const

let nextId = 1
const run = (kind: Kind, itemId: number, failure: string | null, finished = true): RecentRun => ({
  id: nextId++,
  kind,
  item_id: itemId,
  started_at: '2026-03-01T10:00:00.000Z',
  finished_at: finished ? '2026-03-01T10:00:01.000Z' : null,
  status: failure === null ? 'ok' : 'error',
  message: null,
  failure,
  changes: 0,
})

const link = (changes: Partial<Link>): Link => ({
  id: 7,
  kind: 'own',
  label: '',
  name: null,
  path: 'team',
  url: 'http://h/ics/team',
  webcal_url: 'webcal://h/ics/team',
  is_public: true,
  source_ids: [1],
  state: 'active',
  paused: false,
  expires_at: null,
  freshness_secs: null,
  mark: 'none',
  rules: [],
  findings: [],
  readers: [],
  created_at: '2026-03-01T00:00:00.000Z',
  ...changes,
})

const reader = (client: string, stopped: boolean) => ({
  client,
  reads: 20,
  first_at: '2026-02-01T00:00:00.000Z',
  last_at: '2026-02-20T00:00:00.000Z',
  stopped,
})

const found = (known: Partial<Known>) =>
  concerns({ sources: [], destinations: [], overview: undefined, links: [], warnings: [], ...known })

test('where everything went well, nothing waits', () => {
  assert.deepEqual(found({ sources: [source(1)], destinations: [destination(1)], links: [link({})] }), [])
})

test('a refused login is mended by signing in again, a silent server by trying again, the rest by a look', () => {
  const sources = [1, 2, 3, 4].map((id) => source(id, failing))
  const runs = [run('source', 1, 'login'), run('source', 2, 'unreachable'), run('source', 3, 'busy')]
  const causes = found({ sources, overview: { runs, activity: [] } }).map(({ cause, fix }) => [cause, fix.do])
  assert.deepEqual(causes, [
    ['login', 'sign-in'],
    ['unreachable', 'sync'],
    ['unreachable', 'sync'],
    ['failed', 'open'],
  ])
})

test('the last finished run of the item itself decides, not that of a namesake of the other kind', () => {
  const runs = [
    run('source', 1, 'unreachable'),
    run('source', 1, 'login'),
    run('destination', 1, 'unreachable'),
    run('source', 1, null, false),
  ]
  const [concern] = found({ sources: [source(1, failing)], overview: { runs, activity: [] } })
  assert.equal(concern?.cause, 'login')
})

test('a password that was never given asks for the login whatever the last run said', () => {
  const item = source(1, { ...failing, last_sync_error: 'Enter the password of this account again.' })
  assert.equal(found({ sources: [item] })[0]?.fix.do, 'sign-in')
})

test('a failure tells how often in a row, and when it is tried again', () => {
  const [concern] = found({ destinations: [destination(4, failing)] })
  assert.deepEqual(
    [concern?.title, concern?.text, concern?.failures, concern?.nextTry],
    ['Destination 4', 'It does not answer.', 3, '2026-03-01T12:00:00.000Z'],
  )
  assert.deepEqual(concern?.fix, { do: 'open', label: 'Show what happened', href: '/destinations/view?id=4' })
})

test('held deletions come first and lead to their review; they are no failure beside', () => {
  const held = destination(2, { ...failing, held: 12, last_sync_error: '12 deletions wait for you.' })
  const all = found({ sources: [source(1, failing)], destinations: [held] })
  assert.deepEqual(
    all.map(({ key, cause }) => [key, cause]),
    [
      ['held 2', 'held'],
      ['failed source 1', 'failed'],
    ],
  )
  assert.match(all[0]?.text ?? '', /^12 deletions wait/)
  assert.deepEqual(all[0]?.fix, { do: 'open', label: 'Review deletions', href: '/review?id=2' })
})

test('a destination that waits and fails for another reason tells both', () => {
  const item = destination(2, { ...failing, held: 1 })
  const runs = [run('destination', 2, 'unreachable')]
  const all = found({ destinations: [item], overview: { runs, activity: [] } })
  assert.deepEqual(
    all.map(({ cause }) => cause),
    ['held', 'unreachable'],
  )
})

test('what is paused waits for nobody', () => {
  const paused = { ...failing, paused: true }
  assert.deepEqual(found({ sources: [source(1, paused)], destinations: [destination(1, { ...paused, held: 3 })] }), [])
})

test('a reader that stays away is named at its link, unless the link serves nothing', () => {
  const readers = [reader('Google Calendar', true), reader('Thunderbird', false)]
  const all = found({ links: [link({ label: 'For the team', readers }), link({ id: 8, state: 'paused', readers })] })
  assert.deepEqual(
    all.map(({ cause, title, text, fix }) => [cause, title, text.startsWith('Google Calendar'), fix]),
    [['reader', 'For the team', true, { do: 'open', label: 'Show the link', href: '/links/view?id=7' }]],
  )
  assert.equal(found({ links: [link({ readers })] })[0]?.title, 'Link team')
})

test('a warning about the set-up leads to the settings', () => {
  const [concern] = found({ warnings: ['No login is set.'] })
  assert.deepEqual([concern?.cause, concern?.text, concern?.fix.do], ['setup', 'No login is set.', 'open'])
})
