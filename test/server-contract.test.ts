/** The whole engine against every known server, faked with its quirks (test/fakes/quirks): the same must hold everywhere. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ServerKind } from './fakes/quirks/kind.ts'
import { openKindWorld } from './fakes/quirks/kind-world.ts'
import { kinds } from './fakes/quirks/kinds.ts'
import { calendarText, type EventSketch } from './fakes/world.ts'

const several: readonly EventSketch[] = [
  ['one@example.org', 'One'],
  ['../two/x?#%', 'Two'],
  ['three', 'Three'],
  ['four', 'Four'],
  ['five', 'Five'],
  ['six', 'Six'],
]
const but = (uid: string, summary: string): EventSketch[] =>
  several.map((event) => (event[0] === uid ? [uid, summary] : event))
const without = (uid: string) => several.filter((event) => event[0] !== uid)
const summaries = (texts: readonly string[]) => texts.map((text) => /SUMMARY:(.*)/.exec(text)?.[1]?.trim()).sort()

function writing(kind: ServerKind): void {
  test('W9: a first push brings everything, a second and a third write nothing', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    world.give(calendarText(...several))
    assert.equal((await world.push(destination)).counts.uploaded, 6)
    assert.deepEqual(summaries(world.texts()), ['Five', 'Four', 'One', 'Six', 'Three', 'Two'])
    for (const turn of ['second', 'third']) {
      world.asked()
      const report = await world.push(destination)
      assert.deepEqual([report.status, report.counts.uploaded, report.counts.skipped], ['ok', 0, 6], turn)
      assert.deepEqual(world.asked('PUT', 'DELETE'), [], turn)
    }
  })

  test('one change is one PUT, one event that left the feed is one DELETE', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    world.give(calendarText(...several))
    await world.push(destination)
    world.asked()
    world.give(calendarText(...but('three', 'Three, moved')))
    assert.equal((await world.push(destination)).counts.uploaded, 1)
    assert.equal(world.asked('PUT').length, 1)
    world.give(calendarText(...without('four')))
    assert.equal((await world.push(destination)).counts.deleted, 1)
    const writes = world.asked('PUT', 'DELETE')
    assert.deepEqual(writes.map(({ method }) => method).sort(), ['DELETE', 'PUT'])
    assert.deepEqual(summaries(world.texts()), ['Five', 'One', 'Six', 'Three', 'Two'])
  })

  test('W8: a refused event is named and not sent again unchanged; the others are there', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    world.server.refusedMark = 'SUMMARY:Three'
    world.give(calendarText(...several))
    const report = await world.push(destination)
    assert.equal(report.status, 'error')
    assert.equal(report.counts.uploaded, 5)
    assert.match(report.message, /Three \(2026-04-01\)/)
    world.asked()
    await world.push(destination)
    assert.deepEqual(world.asked('PUT'), [])
    world.server.refusedMark = null
    world.give(calendarText(...but('three', 'Three, mended')))
    assert.equal((await world.push(destination)).counts.uploaded, 1)
  })

  test('W7: an event that lies there under another name is updated, not doubled', async (t) => {
    const world = await openKindWorld(t, kind)
    world.target.put('theirs.ics', calendarText(['three', 'Their Three']))
    const destination = world.addDestination({ keep_local: true })
    world.give(calendarText(...several))
    await world.push(destination)
    assert.deepEqual(summaries(world.texts()), ['Five', 'Four', 'One', 'Six', 'Three', 'Two'])
    assert.match(world.target.get('theirs.ics')?.text ?? '', /SUMMARY:Three/)
    world.asked()
    await world.push(destination)
    assert.deepEqual(world.asked('PUT'), [])
  })

  test('W7: an event whose UID lies in another calendar of the user is written all the same, once', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    const other = world.server.addCalendar('other')
    other.put('theirs.ics', calendarText(['three', 'Their Three']))
    world.give(calendarText(...several))
    await world.push(destination)
    world.asked()
    assert.equal((await world.push(destination)).counts.skipped, 6)
    assert.deepEqual(world.asked('PUT'), [])
    assert.deepEqual(summaries(world.texts()), ['Five', 'Four', 'One', 'Six', 'Three', 'Two'])
    assert.match(other.get('theirs.ics')?.text ?? '', /Their Three/)
  })

  test('W5: an edit in the instant before our write is looked at again; the feed wins, nothing is doubled', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    world.give(calendarText(...several))
    await world.push(destination)
    const name = world.target.names().find((one) => /SUMMARY:Three/.test(world.target.get(one)?.text ?? '')) ?? ''
    world.server.beforePut = () => world.target.put(name, calendarText(['three', 'Edited']))
    world.give(calendarText(...but('three', 'Three, moved')))
    const report = await world.push(destination)
    assert.equal(report.status, 'ok', report.message)
    assert.deepEqual(summaries(world.texts()), ['Five', 'Four', 'One', 'Six', 'Three, moved', 'Two'])
  })

  test('W11: what was deleted and came back is there again, or named', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    for (const events of [several, without('four'), several]) {
      world.give(calendarText(...events))
      await world.push(destination)
    }
    const report = await world.push(destination)
    const isThere = summaries(world.texts()).includes('Four')
    assert.ok(isThere || /Four/.test(report.message), report.message)
    assert.ok(world.texts().length >= 5)
  })

  test('design rule 8: undo brings back what a run changed and deleted', async (t) => {
    const world = await openKindWorld(t, kind)
    const destination = world.addDestination()
    world.target.put('own.ics', calendarText(['own', 'Their own']))
    const before = summaries(world.texts())
    world.give(calendarText(['one', 'One']))
    await world.push(destination)
    assert.deepEqual(summaries(world.texts()), ['One'])
    const report = await world.undo(destination)
    if (kind.uid?.bin) assert.match(JSON.stringify(report.problems), /Their own/)
    else assert.deepEqual(summaries(world.texts()), before)
  })
}

function reading(kind: ServerKind): void {
  const fill = async (t: Parameters<typeof openKindWorld>[0]) => {
    const world = await openKindWorld(t, kind)
    for (const [uid, summary] of several)
      world.target.put(`${encodeURIComponent(uid).replaceAll('%', '-')}.ics`, calendarText([uid, summary]))
    const source = world.addSource()
    return { ...world, source, feed: () => summaries(world.feedOf(source).split('END:VEVENT').slice(0, -1)) }
  }

  test('a source shows every event once; what is changed, added and deleted follows', async (t) => {
    const { source, read, feed, target } = await fill(t)
    const all = await read(source)
    assert.deepEqual([all.status, all.counts.events], ['ok', 6], all.message)
    assert.deepEqual(feed(), ['Five', 'Four', 'One', 'Six', 'Three', 'Two'])
    target.put('three.ics', calendarText(['three', 'Three, moved']))
    const changed = await read(source)
    assert.deepEqual(feed(), ['Five', 'Four', 'One', 'Six', 'Three, moved', 'Two'])
    assert.ok((changed.counts.fetched ?? 0) >= 1)
    target.put('new.ics', calendarText(['new', 'New']))
    target.remove('four.ics')
    await read(source)
    assert.deepEqual(feed(), ['Five', 'New', 'One', 'Six', 'Three, moved', 'Two'])
  })

  test('R9: deletions and deltas told twice, or of what was never seen, do no harm', async (t) => {
    const { source, read, feed, target } = await fill(t)
    await read(source)
    target.put('brief.ics', calendarText(['brief', 'Brief']))
    target.remove('brief.ics')
    target.remove('four.ics')
    target.put('four.ics', calendarText(['four', 'Four again']))
    await read(source)
    await read(source)
    assert.deepEqual(feed(), ['Five', 'Four again', 'One', 'Six', 'Three', 'Two'])
  })

  test('R9: a calendar that was deleted and made again is read anew, whatever its tokens say', async (t) => {
    const { source, read, feed, server } = await fill(t)
    await read(source)
    server.calendars.delete('target')
    const again = server.addCalendar('target')
    again.put('fresh.ics', calendarText(['fresh', 'Fresh']))
    again.put('three.ics', calendarText(['three', 'Three']))
    await read(source)
    assert.deepEqual(feed(), ['Fresh', 'Three'])
  })

  test('R10: a change within the second of the last look is seen', async (t) => {
    const { source, read, feed, target } = await fill(t)
    await read(source)
    target.put('three.ics', calendarText(['three', 'Three, moved']))
    await read(source, 0)
    target.put('three.ics', calendarText(['three', 'Three, moved twice']))
    await read(source, 0)
    target.remove('five.ics')
    await read(source, 1)
    assert.deepEqual(feed(), ['Four', 'One', 'Six', 'Three, moved twice', 'Two'])
  })

  test('R10: what was deleted and made anew under one name is read again, also under one ETag', async (t) => {
    const { source, read, feed, target } = await fill(t)
    await read(source)
    target.remove('three.ics')
    target.put('three.ics', calendarText(['three', 'Another Three']))
    await read(source)
    assert.ok(feed().includes('Another Three'), feed().join())
  })

  test('R5: a poisoned event does not keep the others out, and is named', async (t) => {
    const { source, read, feed, target } = await fill(t)
    target.put('bell.ics', calendarText(['bell', 'Ring\u0008 the \uFFFFbell']))
    const report = await read(source)
    assert.deepEqual(
      feed().filter((summary) => !summary?.includes('bell')),
      ['Five', 'Four', 'One', 'Six', 'Three', 'Two'],
    )
    assert.ok(
      feed().some((summary) => summary?.includes('bell')) || report.problems.some(({ uid }) => uid === 'bell'),
      JSON.stringify(report.problems),
    )
  })

  test('an unchanged calendar is not read again', async (t) => {
    const { source, read, asked } = await fill(t)
    await read(source)
    asked()
    const report = await read(source)
    assert.equal(report.counts.fetched, 0)
    // A sync-collection may bring texts along; of what has not changed it brings none.
    const reads = asked('REPORT', 'GET').filter(({ body }) => !body.includes('sync-collection'))
    assert.ok(!reads.some(({ method, body }) => method === 'GET' || body.includes('calendar-data')))
  })
}

for (const kind of kinds.filter((one) => !one.readOnly)) {
  describe(`the engine against ${kind.name}`, () => {
    writing(kind)
    reading(kind)
  })
}

describe('the engine against lark', () => {
  const kind = kinds.find(({ name }) => name === 'lark') ?? assert.fail()

  test('R4: events that are listed and denied one by one are an error, never an empty feed', async (t) => {
    const world = await openKindWorld(t, kind)
    for (const [uid, summary] of several)
      world.target.put(`${uid.replace(/\W/g, '-')}.ics`, calendarText([uid, summary]))
    await assert.rejects(world.read(world.addSource()), /none of them|every one of them|could not|refus|403/i)
  })

  test('W8: a calendar that takes no event is given up after a few, and said so', async (t) => {
    const world = await openKindWorld(t, kind)
    const many = Array.from({ length: 40 }, (_, n): EventSketch => [`n${n}`, `Event ${n}`])
    world.give(calendarText(...many))
    const report = await world.push(world.addDestination()).catch((thrown: Error) => thrown)
    assert.match(report.message, /409/)
    assert.equal(world.texts().length, 0)
  })
})

test('R13: what slides out of the window of Open-Xchange stays in the feed', async (t) => {
  const kind = kinds.find(({ name }) => name === 'ox') ?? assert.fail()
  let from = Date.UTC(2025, 0, 1)
  const sliding: ServerKind = {
    ...kind,
    get window() {
      return from
    },
  }
  const world = await openKindWorld(t, sliding)
  world.target.put('old.ics', calendarText(['old', 'Old', '20250601T100000Z']))
  world.target.put('new.ics', calendarText(['new', 'New']))
  const source = world.addSource()
  await world.read(source)
  from = Date.UTC(2026, 0, 1)
  await world.read(source)
  for (const summary of [/SUMMARY:Old/, /SUMMARY:New/]) assert.match(world.feedOf(source), summary)
})
