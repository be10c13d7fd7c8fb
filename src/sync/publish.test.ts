import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarText } from '../../test/fakes/world.ts'
import { mergeFeed } from '../core/ical/merge.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { preparePublication } from './publish.ts'

const NOON = Date.UTC(2026, 2, 1, 12)

function merged(summary: string) {
  return mergeFeed([readCalendar(calendarText(['a', summary])).objects], {
    name: 'Family',
    color: null,
    refreshSecs: 3600,
    source: null,
    url: null,
    defineZone: () => null,
    sameZone: () => true,
    fallbackZone: 'Europe/Berlin',
  })
}

async function publication(summary: string, ...standing: Parameters<typeof preparePublication>[1][]) {
  const made = await preparePublication(merged(summary), standing[0], NOON + standing.length)
  assert.ok('body' in made)
  return made
}

test('a feed made anew with the same content keeps its bytes and their compressed forms; another one gets its own', async () => {
  const first = await publication('One')
  assert.ok(first.encodings.gzip)
  assert.deepEqual(await publication('One', first), first)
  assert.equal((await publication('One', first)).encodings, first.encodings)
  assert.notDeepEqual((await publication('Two', first)).encodings, first.encodings)
  const bare = { ...first, encodings: { gzip: null, br: null, zstd: null } }
  assert.deepEqual(await publication('One', bare), first)
})
