import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SyncError } from '../core/errors.ts'
import { DESTINATION_DEFAULTS } from '../core/items.ts'
import type { Href } from '../core/types.ts'
import { Secret } from '../core/types.ts'
import { testApp } from './test-app.ts'

function setUp(t: TestContext) {
  const app = testApp(t)
  app.store.destinations.create({
    ...DESTINATION_DEFAULTS,
    name: 'Team',
    ics_url: 'https://x.example/a.ics',
    caldav_url: 'https://dav.example/',
    calendar_name: 'team',
    username: 'ann',
    password: new Secret('p'),
    sync_interval_secs: 0,
  })
  const hold = (...uids: string[]) =>
    app.store.held.put(
      1,
      uids.map((uid) => ({
        href: `/c/${uid}.ics` as Href,
        uid,
        subject: `Event ${uid}`,
        firstSeenAt: Date.UTC(2026, 2, 1),
        times: 1,
        answer: null,
      })),
    )
  return { ...app, hold }
}

const error = (message: string) => ({ status: 'error', message })

test('a plan is shown event by event, and names what differs', async (t) => {
  const { ask, runner } = setUp(t)
  const changes = [{ component: 'event', property: 'SUMMARY', before: 'a', after: 'b' }]
  const operation = {
    kind: 'update',
    uid: 'u',
    subject: 'A',
    href: '/c/u.ics',
    result: null,
    reason: null,
    changes,
  } as const
  runner.report = {
    status: 'ok',
    message: 'Would add 0, update 1 and remove 0 events',
    counts: { update: 1 },
    problems: [],
    failure: null,
    operations: [operation],
  }
  const { status, body } = await ask('POST', '/api/destinations/1/plan')
  assert.equal(status, 200)
  assert.deepEqual(body, {
    status: 'success',
    message: 'Would add 0, update 1 and remove 0 events',
    plan: { counts: { update: 1 }, operations: [operation], problems: [] },
  })
  assert.deepEqual(runner.calls, ['plan 1'])
})

test('a plan that cannot be made says why', async (t) => {
  const { ask, runner } = setUp(t)
  runner.report = new SyncError('protocol', 'The feed was cut short. Nothing was changed.')
  const { status, body } = await ask('POST', '/api/destinations/1/plan')
  assert.deepEqual([status, body], [500, error('The feed was cut short. Nothing was changed.')])
})

test('I3: held deletions are listed with their events', async (t) => {
  const { ask, hold } = setUp(t)
  hold('a')
  const { body } = await ask('GET', '/api/destinations/1/held')
  const held = { uid: 'a', subject: 'Event a', first_seen_at: '2026-03-01T00:00:00.000Z', times: 1, answer: null }
  assert.deepEqual(body, { held: [held] })
  const waiting = async () =>
    ((await ask('GET', '/api/destinations/1')).body as { destination: { held: number } }).destination.held
  assert.equal(await waiting(), 1)
  await ask('POST', '/api/destinations/1/dismiss')
  assert.equal(await waiting(), 0)
})

test('I3: approve marks what waits and runs; dismiss keeps it; both say when nothing waits', async (t) => {
  const { ask, hold, runner, store } = setUp(t)
  for (const action of ['approve', 'dismiss']) {
    const nothing = await ask('POST', `/api/destinations/1/${action}`)
    assert.deepEqual([nothing.status, nothing.body], [409, error('No deletion waits for an answer')])
  }
  assert.deepEqual(runner.calls, [])
  hold('a', 'b')
  const dismissed = await ask('POST', '/api/destinations/1/dismiss')
  assert.deepEqual(dismissed.body, { status: 'success', message: '2 events stay in the calendar', count: 2 })
  assert.deepEqual(
    store.held.get(1).map(({ answer }) => answer),
    ['dismissed', 'dismissed'],
  )
  hold('a')
  const other = await ask('POST', '/api/destinations/1/approve?expected=2')
  assert.deepEqual(
    [other.status, (other.body as { message: string }).message],
    [409, '1 deletion waits by now, not 2. Look at them and answer again'],
  )
  assert.equal(store.held.get(1)[0]?.answer, null)
  assert.equal((await ask('POST', '/api/destinations/1/approve?expected=many')).status, 400)
  assert.equal((await ask('POST', '/api/destinations/1/approve?expected=1')).status, 200)
  assert.deepEqual(runner.calls, ['run destination 1 approve'])
  assert.equal(store.held.get(1)[0]?.answer, 'approved')
})

test('release remembers the events for the next run, and wants at least one', async (t) => {
  const { ask, store } = setUp(t)
  const { status } = await ask('POST', '/api/destinations/1/release', { json: { uids: ['a', 'b', 'a'] } })
  assert.equal(status, 200)
  assert.deepEqual(
    store.decisions.list(1).map(({ uid, kind }) => [uid, kind]),
    [
      ['a', 'released'],
      ['b', 'released'],
    ],
  )
  assert.equal((await ask('POST', '/api/destinations/1/release', { json: { uids: [] } })).status, 422)
  assert.equal((await ask('POST', '/api/destinations/1/release', { json: {} })).status, 422)
})

test('unknown destinations are 404 and other methods 405 on every action', async (t) => {
  const { ask, send } = setUp(t)
  for (const action of ['plan', 'approve', 'dismiss']) {
    const missing = await ask('POST', `/api/destinations/9/${action}`)
    assert.deepEqual([missing.status, missing.body], [404, error('Destination not found')])
    assert.equal((await send('GET', `/api/destinations/1/${action}`)).status, 405)
  }
  assert.equal((await ask('GET', '/api/destinations/9/held')).status, 404)
})

test('a run is undone through the runner, and only where its journal holds something', async (t) => {
  const { ask, runner, store } = setUp(t)
  const id = store.runs.start('destination', 1, 'timer', 0)
  const undo = (json: object = {}) => ask('POST', `/api/runs/${id}/undo`, { json })
  assert.equal((await undo()).status, 409, 'a run under way')
  store.runs.finish(id, { status: 'ok', message: 'm', counts: {}, problems: [], failure: null }, 1)
  const nothing = await undo()
  assert.deepEqual(
    nothing.body,
    error('There is nothing to undo: the run changed no event, or its journal has expired'),
  )
  const shown = async () => ((await ask('GET', `/api/runs/${id}`)).body as { run: { can_undo: boolean } }).run.can_undo
  assert.equal(await shown(), false)
  const entry = { calendarUrl: 'u', href: '/c/a.ics' as Href, uid: 'a', kind: 'create', before: null } as const
  store.journal.record({ ...entry, runId: id, destinationId: 1, after: null, at: 1 })
  assert.equal(await shown(), true)
  assert.equal((await undo({ include_edited: true })).status, 200)
  assert.deepEqual(runner.calls, [`undo run ${id} of 1 with edits`])
  assert.equal((await ask('POST', '/api/runs/99/undo', { json: {} })).status, 404)
})
