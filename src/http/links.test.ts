import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Secret } from '../core/types.ts'
import { basic, NEW_SOURCE, publish, START, type TestApp, testApp } from './test-app.ts'

const FEED = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'

async function withSource(
  t: TestContext,
  ...rest: Parameters<typeof testApp> extends [unknown, ...infer R] ? R : never
) {
  const made = testApp(t, ...rest)
  const headers = rest[0]?.login ? basic('ann', 'pw') : {}
  assert.equal((await made.send('POST', '/api/sources', { json: NEW_SOURCE, headers })).status, 201)
  publish(made.store, 1, FEED)
  return made
}

interface Shown {
  readonly status: number
  readonly body: { readonly message: string; readonly link: Record<string, unknown> & { id: number; path: string } }
}
const make = async ({ ask }: TestApp, json: object) =>
  (await ask('POST', '/api/links', { json: { source_ids: [1], ...json } })) as Shown
const change = async ({ ask }: TestApp, id: number, json: object) =>
  (await ask('PUT', `/api/links/${id}`, { json })) as Shown

/** What the maker of link feeds would have stored. */
function made({ store }: TestApp, id: number, text = FEED): void {
  const encodings = { gzip: null, br: null, zstd: null }
  store.links.publish(id, { body: Buffer.from(text), encodings, madeOf: '{}', findings: [] }, START)
}

test("the contract's addresses are links, with the fields of their source", async (t) => {
  const app = await withSource(t)
  await app.ask('PUT', '/api/sources/1', { json: { public_ics: true, public_ics_path: 'open/family' } })
  await app.ask('POST', '/api/sources/1/paths', { json: { path: 'second' } })
  const { body } = await app.ask('GET', '/api/links')
  const { links } = body as { links: Shown['body']['link'][] }
  assert.deepEqual(
    links.map(({ kind, path, is_public, source_ids, state, url }) => [kind, path, is_public, source_ids, state, url]),
    [
      ['main', 'family', false, [1], 'active', 'http://localhost/ics/family'],
      ['public', 'open/family', true, [1], 'active', 'http://localhost/ics/public/open/family'],
      ['path', 'second', false, [1], 'active', 'http://localhost/ics/second'],
    ],
  )
  assert.doesNotMatch(JSON.stringify(body), /salt/)
})

test('a link of its own has a path of at least 128 random bits, open without login, and is made at once', async (t) => {
  const app = await withSource(t)
  const { status, body } = await make(app, { label: 'Grandma' })
  assert.equal(status, 201)
  assert.match(body.link.path, /^[0-9a-f]{40}$/)
  assert.deepEqual([body.link.is_public, body.link.label], [true, 'Grandma'])
  assert.equal(body.link.webcal_url, `webcal://localhost/ics/${body.link.path}`)
  assert.ok(app.runner.calls.includes(`make link ${body.link.id}`))
  const other = await make(app, {})
  assert.notEqual(other.body.link.path, body.link.path)
  assert.equal((await make(app, { path: 'team' })).body.link.is_public, false)
})

test('addresses come from PUBLIC_URL where it is set', async (t) => {
  const app = await withSource(t, {}, { publicUrl: 'https://cal.example.org' })
  const { body } = await make(app, { path: 'a b/c' })
  assert.deepEqual(
    [body.link.url, body.link.webcal_url],
    ['https://cal.example.org/ics/a%20b/c', 'webcal://cal.example.org/ics/a%20b/c'],
  )
})

const bad: readonly (readonly [json: object, status: number, message: RegExp])[] = [
  [{ source_ids: [] }, 400, /without a source/],
  [{ source_ids: [7] }, 400, /source 7, which does not exist/],
  [{ source_ids: [1, 1] }, 400, /twice/],
  [{ path: 'family' }, 400, /in use/],
  [{ path: 'public/x' }, 400, /public/],
  [{ path: 'a/../b' }, 400, /\.\./],
  [{ path: '' }, 400, /empty/],
  [{ name: '  ' }, 400, /name cannot be empty/],
  [{ freshness_secs: 5 }, 422, /freshness_secs/],
  [{ expires_at: 'soon' }, 422, /expires_at/],
  [{ mark: 'colour' }, 422, /mark/],
  [{ rules: [{ when: [], actions: [] }] }, 400, /^rules\[0\]\.actions is empty/],
  [{ rules: [{ when: [{ if: 'moon' }], actions: [{ do: 'drop' }] }] }, 422, /rules\.0\.when\.0/],
  [
    { rules: [{ when: [], actions: [{ do: 'template', property: 'SUMMARY', value: '{PLACE}' }] }] },
    400,
    /unknown field \{PLACE\}/,
  ],
]
for (const [json, status, message] of bad) {
  test(`a link with ${JSON.stringify(json)} is refused before it is saved`, async (t) => {
    const app = await withSource(t)
    const answer = await make(app, json)
    assert.deepEqual([answer.status, app.store.links.list().length], [status, 1])
    assert.match(answer.body.message, message)
    const { body } = await make(app, {})
    const { status: changed } = await change(app, body.link.id, json)
    assert.equal(changed, status)
  })
}

test('another address cannot take the path of a link', async (t) => {
  const app = await withSource(t)
  await make(app, { path: 'team' })
  const source = await app.ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path: 'team' } })
  const path = await app.ask('POST', '/api/sources/1/paths', { json: { path: 'team' } })
  assert.deepEqual([source.status, path.status], [400, 400])
})

test('a link is served at its path, with .ics appended, and under /ics/public where it is open', async (t) => {
  const app = await withSource(t)
  const { body } = await make(app, { name: 'Ours' })
  made(app, body.link.id, 'made for it')
  for (const path of [
    body.link.path,
    `${body.link.path}.ics`,
    `public/${body.link.path}`,
    `public/${body.link.path}.ics`,
  ]) {
    const answer = await app.send('GET', `/ics/${path}`)
    assert.deepEqual([answer.status, await answer.text()], [200, 'made for it'], path)
    assert.match(answer.headers.get('content-disposition') ?? '', /Ours\.ics/)
  }
  assert.equal((await app.send('GET', '/ics/family.ics')).status, 200)
  assert.equal((await app.send('GET', '/ics/family.ics.ics')).status, 404)
  await change(app, body.link.id, { is_public: false })
  assert.equal((await app.send('GET', `/ics/public/${body.link.path}`)).status, 404)
})

test('with a login, an open link needs none, a closed one does, and a guess is refused like any unknown path', async (t) => {
  const login = { username: 'ann', password: { kind: 'plain' as const, secret: new Secret('pw') } }
  const app = await withSource(t, { login })
  const headers = basic('ann', 'pw')
  const created = await app.ask('POST', '/api/links', { json: { source_ids: [1] }, headers })
  const { link } = (created as Shown).body
  made(app, link.id)
  assert.equal((await app.send('GET', `/ics/${link.path}`)).status, 200)
  assert.equal((await app.send('GET', `/ics/${link.path}.ics`)).status, 200)
  const guess = `${link.path.slice(0, -1)}${link.path.endsWith('0') ? '1' : '0'}`
  const [near, far] = [await app.send('GET', `/ics/${guess}`), await app.send('GET', '/ics/nothing')]
  assert.deepEqual([near.status, await near.text()], [far.status, await far.text()])
  assert.equal(near.status, 401)
  const [open, unknown] = [await app.send('GET', `/ics/public/${guess}`), await app.send('GET', '/ics/public/x')]
  assert.deepEqual([open.status, await open.text()], [unknown.status, await unknown.text()])
  await app.send('PUT', `/api/links/${link.id}`, { json: { is_public: false }, headers })
  assert.equal((await app.send('GET', `/ics/${link.path}`)).status, 401)
  assert.equal((await app.send('GET', '/robots.txt')).status, 200)
})

test('rotating gives a new address at once, and the old one says that it is gone, also without login', async (t) => {
  const app = await withSource(t)
  const { body } = await make(app, {})
  made(app, body.link.id)
  const rotated = (await app.ask('POST', `/api/links/${body.link.id}/rotate`)) as Shown
  assert.notEqual(rotated.body.link.path, body.link.path)
  const old = await app.send('GET', `/ics/${body.link.path}.ics`)
  assert.deepEqual([old.status, old.headers.get('content-type')], [410, 'text/plain; charset=utf-8'])
  assert.match(await old.text(), /given up/)
  assert.equal((await app.send('GET', `/ics/${rotated.body.link.path}`)).status, 200)
})

test("the contract's addresses can be rotated too", async (t) => {
  const app = await withSource(t)
  await app.ask('POST', '/api/sources/1/paths', { json: { path: 'second', is_public: true } })
  for (const { id, path } of app.store.links.list()) {
    assert.equal((await app.send('POST', `/api/links/${id}/rotate`)).status, 200)
    assert.equal((await app.send('GET', `/ics/${path}`)).status, 410)
    assert.equal((await app.send('GET', `/ics/${app.store.links.get(id)?.path}`)).status, 200)
  }
  assert.match(app.store.sources.get(1)?.ics_path ?? '', /^[0-9a-f]{40}$/)
})

test('a path that was given up serves again when it is given to another link', async (t) => {
  const app = await withSource(t)
  const { body } = await make(app, { path: 'team' })
  await app.send('DELETE', `/api/links/${body.link.id}`)
  assert.equal((await app.send('GET', '/ics/team')).status, 410)
  made(app, (await make(app, { path: 'team' })).body.link.id)
  assert.equal((await app.send('GET', '/ics/team')).status, 200)
})

test('an expired link answers 410 with a sentence, a paused one 503, one without sources 410', async (t) => {
  const app = await withSource(t)
  const { body } = await make(app, { expires_at: '2026-03-01T13:00:00Z' })
  const { id, path } = body.link
  made(app, id)
  assert.equal((await app.send('GET', `/ics/${path}`)).status, 200)
  app.clock.advance(3_600_000)
  const expired = await app.send('GET', `/ics/${path}`)
  assert.deepEqual(
    [expired.status, await expired.text()],
    [410, 'This calendar address expired on 2026-03-01. Ask whoever gave it to you for a new one.'],
  )
  const shown = await change(app, id, { expires_at: null, paused: true })
  assert.equal(shown.body.link.state, 'paused')
  const paused = await app.send('GET', `/ics/${path}`)
  assert.deepEqual([paused.status, paused.headers.get('retry-after')], [503, '3600'])
  await change(app, id, { paused: false })
  await app.send('DELETE', '/api/sources/1')
  const empty = await app.send('GET', `/ics/${path}`)
  assert.deepEqual([empty.status, /removed/.test(await empty.text())], [410, true])
})

test('the addresses of a source can be paused, renamed and given rules, but not moved here', async (t) => {
  const app = await withSource(t)
  const [main] = app.store.links.list()
  const id = main?.id ?? assert.fail()
  assert.equal((await change(app, id, { paused: true, label: 'Phone' })).status, 200)
  assert.equal((await app.send('GET', '/ics/family')).status, 503)
  await change(app, id, { paused: false, rules: [{ when: [], actions: [{ do: 'busy' }] }] })
  made(app, id, 'busy')
  assert.equal(await (await app.send('GET', '/ics/family')).text(), 'busy')
  for (const json of [{ path: 'x' }, { is_public: true }, { source_ids: [1] }]) {
    assert.equal((await change(app, id, json)).status, 400)
  }
  assert.equal((await app.send('DELETE', `/api/links/${id}`)).status, 400)
  assert.equal((await app.send('DELETE', '/api/links/99')).status, 404)
})

test('the trail says when, which family of programs, what was answered and how much; no address', async (t) => {
  const app = await withSource(t)
  const agents = ['Google-Calendar-Importer', 'iOS/19.1 (23B82) dataaccessd/1.0', undefined]
  for (const agent of agents) {
    const headers: Record<string, string> = agent === undefined ? {} : { 'user-agent': agent }
    await app.send('GET', '/ics/family', { headers, from: '198.51.100.7' })
    app.clock.advance(1000)
  }
  const etag = (await app.send('HEAD', '/ics/family')).headers.get('etag') ?? ''
  await app.send('GET', '/ics/family', { headers: { 'if-none-match': etag } })
  const { body } = await app.ask('GET', '/api/links/1/reads')
  const { reads, readers } = body as { reads: Record<string, unknown>[]; readers: Record<string, unknown>[] }
  assert.deepEqual(
    reads.map(({ client, status, bytes }) => [client, status, bytes]),
    [
      ['unknown', 304, 0],
      ['unknown', 200, 0],
      ['unknown', 200, FEED.length],
      ['Apple Calendar (iOS)', 200, FEED.length],
      ['Google Calendar', 200, FEED.length],
    ],
  )
  assert.equal(reads[4]?.at, '2026-03-01T12:00:00.000Z')
  assert.deepEqual(
    readers.map(({ client, reads: count }) => [client, count]),
    [
      ['unknown', 3],
      ['Apple Calendar (iOS)', 1],
      ['Google Calendar', 1],
    ],
  )
  assert.doesNotMatch(JSON.stringify(body), /198\.51|dataaccessd/)
})

test('a reader that used to come and stopped is shown', async (t) => {
  const app = await withSource(t)
  const read = () => app.send('GET', '/ics/family', { headers: { 'user-agent': 'Thunderbird/140' } })
  for (let count = 0; count < 5; count += 1) {
    await read()
    app.clock.advance(3_600_000)
  }
  const stopped = async () => {
    const { body } = await app.ask('GET', '/api/links/1')
    return ((body as Shown['body']).link.readers as { stopped: boolean }[])[0]?.stopped
  }
  assert.equal(await stopped(), false)
  app.clock.advance(30 * 3_600_000)
  assert.equal(await stopped(), true)
  await read()
  assert.equal(await stopped(), false)
})

test('only the last hundred reads of a link are kept', async (t) => {
  const app = await withSource(t)
  for (let count = 0; count < 130; count += 1) await app.send('GET', '/ics/family')
  assert.equal(app.store.reads.list(1).length, 100)
  assert.equal(app.store.reads.readers(1)[0]?.reads, 130)
})

test('robots.txt lets the importer of Google in, and nobody else', async (t) => {
  const { send } = testApp(t)
  assert.equal(
    await (await send('GET', '/robots.txt')).text(),
    'User-agent: Google-Calendar-Importer\nAllow: /ics/\n\nUser-agent: *\nDisallow: /\n',
  )
})

test('events of a deleted source leave the merged feeds that showed them', async (t) => {
  const app = await withSource(t)
  await app.ask('POST', '/api/sources', { json: { ...NEW_SOURCE, ics_path: 'other' } })
  const { body } = await make(app, { source_ids: [1, 2] })
  app.runner.calls.length = 0
  await app.send('DELETE', '/api/sources/2')
  assert.ok(app.runner.calls.includes(`make link ${body.link.id}`))
  assert.deepEqual(app.store.links.get(body.link.id)?.source_ids, [1])
})
