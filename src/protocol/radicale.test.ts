import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hrefOf, numbered, withCalendar } from '../../test/fakes/work-calendar.ts'
import { never } from '../../test/http-client.ts'
import type { Resource } from '../core/remote.ts'
import { newProfile } from '../core/server-profile.ts'
import { isRadicale, learnSoftware } from './radicale.ts'

const TOKEN = `http://radicale.org/ns/sync/${'0'.repeat(64)}`

test('with a token of Radicale everything comes by one calendar-query, and the token stays the one it was', async () => {
  const names = numbered(5)
  await withCalendar(names, {}, async (calendar, server) => {
    const taken: Resource[] = []
    const listing = await calendar.list(never(), { take: (resource) => void taken.push(resource), syncToken: TOKEN })
    assert.deepEqual(new Set(taken.map(({ href }) => href)), new Set(names.map(hrefOf)))
    assert.equal(listing.syncToken, TOKEN)
    assert.equal(server.requests.length, 1)
    assert.match(server.requests[0]?.body ?? '', /calendar-query.*calendar-data/s)
    assert.ok(isRadicale(calendar.profile))
  })
})

test('so does a calendar whose server is known to send no texts along with the changes', async () => {
  await withCalendar(numbered(5), {}, async (calendar, server) => {
    calendar.profile.dataInSync = false
    const taken: Resource[] = []
    const listing = await calendar.list(never(), {
      take: (resource) => void taken.push(resource),
      syncToken: 'data:,7',
    })
    assert.deepEqual([taken.length, listing.syncToken, server.requests.length], [5, 'data:,7', 1])
  })
})

test('where that query is refused, or tells of nothing, the calendar is read as any other', async () => {
  for (const query of ['refused', 'empty'] as const) {
    await withCalendar(numbered(3), { query }, async (calendar) => {
      const listing = await calendar.list(never(), { take: () => undefined, syncToken: TOKEN })
      assert.equal(listing.resources.length, 3, query)
      assert.notEqual(listing.syncToken, TOKEN, query)
    })
  }
})

test('a server is Radicale by its tokens, and no longer when it gives others', () => {
  const profile = newProfile()
  learnSoftware(profile, 'WSGIServer/0.2', null)
  assert.equal(profile.software, 'WSGIServer/0.2')
  learnSoftware(profile, 'nginx', TOKEN)
  assert.ok(isRadicale(profile))
  learnSoftware(profile, 'nginx', null)
  assert.ok(isRadicale(profile), 'an answer without a token says nothing')
  learnSoftware(profile, 'nginx', 'http://sabre.io/ns/sync/7')
  assert.equal(profile.software, 'nginx')
})
