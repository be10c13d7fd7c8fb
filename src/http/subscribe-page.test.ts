import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basic, NEW_SOURCE, publish, testApp } from './test-app.ts'

test('a feed address with ?subscribe is a page of steps for people, without any script', async (t) => {
  const { ask, send, store } = testApp(t, { trustProxy: true })
  await ask('POST', '/api/sources', { json: { ...NEW_SOURCE, name: '<b>Us</b>' } })
  publish(store, 1, 'BEGIN:VCALENDAR')
  const answer = await send('GET', '/ics/family?subscribe', { headers: { 'x-forwarded-proto': 'https' } })
  const html = await answer.text()
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(answer.headers.get('content-security-policy') ?? '', /script-src 'self';/)
  assert.ok(html.includes('https://localhost/ics/family</code>'))
  assert.ok(html.includes('webcal://localhost/ics/family'))
  for (const program of ['iPhone', 'Google Calendar', 'Outlook', 'Thunderbird', 'Android'])
    assert.ok(html.includes(program))
  assert.ok(!html.includes('<b>') && !html.includes('<script'))
  assert.equal(await (await send('GET', '/ics/family')).text(), 'BEGIN:VCALENDAR')
  // Looking at the page is no reading of the feed.
  assert.equal(store.reads.list(store.links.list()[0]?.id ?? 0).length, 1)
})

test('the page is open to just those who may read the feed, and an address given up has none', async (t) => {
  const secret = { reveal: () => 'secret' } as never
  const login = { username: 'ann', password: { kind: 'plain', secret } } as const
  const { ask, send, store } = testApp(t, { login })
  const headers = basic('ann', 'secret')
  await ask('POST', '/api/sources', { json: NEW_SOURCE, headers })
  assert.equal((await send('GET', '/ics/family?subscribe')).status, 401)
  assert.match(await (await send('GET', '/ics/family?subscribe', { headers })).text(), /which this program cannot give/)
  const link = { path: 'aunt', is_public: true, source_ids: [1] }
  await ask('POST', '/api/links', { json: link, headers })
  const open = await send('GET', '/ics/aunt?subscribe')
  assert.equal(open.status, 200)
  assert.doesNotMatch(await open.text(), /which this program cannot give/)
  store.links.remove(store.links.list().find(({ kind }) => kind === 'own')?.id ?? 0)
  assert.equal((await send('GET', '/ics/aunt?subscribe')).status, 410)
})
