import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SyncError } from '../src/core/errors.ts'
import { withoutForbidden } from '../src/core/ical/chars.ts'
import { decodeCalendarBytes } from '../src/core/ical/decode.ts'
import { uidOf } from '../src/core/ical/event.ts'
import { byCodeUnits, fingerprint } from '../src/core/ical/fingerprint.ts'
import { parseComponents, writeComponents } from '../src/core/ical/lines.ts'
import { mergeFeed } from '../src/core/ical/merge.ts'
import type { CalendarObject, Component } from '../src/core/ical/model.ts'
import { type ReadCalendar, readCalendar } from '../src/core/ical/objects.ts'
import { find, findAll, rawValue } from '../src/core/ical/property.ts'
import { toUpload } from '../src/core/ical/upload.ts'
import { tzidsOf } from '../src/core/ical/zone-use.ts'
import { assertStrictText, calendarLines, contentLines } from './ical-checks.ts'

interface BadEvent {
  readonly uid: string | null
  readonly recurrence_id: string | null
  readonly why: readonly string[]
  readonly fatal: boolean
}

interface Entry {
  readonly file: string
  readonly expect: string
  readonly strength: 'must' | 'should'
  readonly ref: {
    readonly vevents: number
    readonly uid_count: number
    readonly uids?: readonly string[]
    readonly uids_sha256: string
    readonly uid_recurrence_ids: number
    readonly tzids_used: readonly string[]
    readonly tzids_defined: readonly string[]
    readonly bad_events?: readonly BadEvent[]
  }
}

/** Files whose figures we read otherwise than the manifest's majority, each with the reason. */
const otherFigures: ReadonlyMap<string, string> = new Map([
  [
    'collective+icalendar/src/icalendar/tests/calendars/multiple_calendar_components.ics',
    'Every property is folded after a blank line ("UID", blank line, " :956630271"). We join them, as python-icalendar does, and read the event whole; the majority loses its UID and DTSTART.',
  ],
])

const toldApart =
  'Two different events share one UID. Keeping one per UID would lose the other, so each gets a UID of its own.'

const withheld =
  'The manifest names the first twelve bad events only. Beyond them guid-1-12345 has no DTSTART, and acme-12345 is a changed instance of a series whose master has none: sent alone it would replace the series.'

/** Files whose objects differ from the manifest's UIDs, each with the reason. */
const otherObjects: ReadonlyMap<string, string> = new Map([
  ['collective+icalendar/docs/tutorials/example.ics', toldApart],
  ['fullcalendar+fullcalendar/packages/vanilla-tests/manual/ics/feed.ics', toldApart],
  ['libical+libical/src/Net-ICal-Libical/test-data/rfc2446.ics', withheld],
  ['libical+libical/test-data/2446.ics', withheld],
  ['sabre-io+vobject/tests/VObject/BirthdayCalendarGeneratorTest.php.L73.ics', toldApart],
  ['synthetic/uid-duplicate-different-content.ics', toldApart],
])

const root = join(import.meta.dirname, '../../shared/corpus')
const present = existsSync(join(root, 'MANIFEST.json'))
if (!present) console.error(`THE CORPUS IS ABSENT (${root}): nothing of it was tested.`)

function allEvents(components: readonly Component[]): Component[] {
  return components.flatMap((component) =>
    component.name === 'VEVENT' ? [component, ...allEvents(component.components)] : allEvents(component.components),
  )
}

function zonesIn(components: readonly Component[]): Component[] {
  return components.flatMap((component) =>
    component.name === 'VTIMEZONE' ? [component] : zonesIn(component.components),
  )
}

function instanceOf(event: Component): string {
  const recurrence = find(event, 'RECURRENCE-ID')
  return `${uidOf(event)}\n${recurrence === undefined ? '' : rawValue(recurrence)}`
}

function sorted(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(byCodeUnits)
}

/** The figures of the manifest, counted over the component tree. */
function compareFigures(tree: readonly Component[], calendar: ReadCalendar, { ref }: Entry): void {
  const events = allEvents(tree)
  assert.equal(events.length, ref.vevents, 'vevents')
  assert.equal(calendar.events, ref.vevents, 'vevents of readCalendar')
  const uids = sorted(events.map(uidOf).filter((uid) => uid !== ''))
  assert.equal(uids.length, ref.uid_count, 'uid_count')
  if (ref.uids) assert.deepEqual(uids, sorted(ref.uids))
  assert.equal(createHash('sha256').update(uids.join('\n')).digest('hex').slice(0, 32), ref.uids_sha256, 'uids')
  assert.equal(new Set(events.map(instanceOf)).size, ref.uid_recurrence_ids, 'uid_recurrence_ids')
  assert.deepEqual(sorted(tzidsOf(tree)), sorted(ref.tzids_used), 'tzids_used')
  // The majority of the references leaves the TEXT escapes of a TZID in.
  const defined = zonesIn(tree).flatMap((zone) => findAll(zone, 'TZID').slice(0, 1).map(rawValue))
  assert.deepEqual(sorted(defined), sorted(ref.tzids_defined), 'tzids_defined')
}

/** Every event that is not fatally bad is in an object; every bad one is named and its UID protected or mended. */
function compareObjects(tree: readonly Component[], calendar: ReadCalendar, entry: Entry): void {
  const uploads = calendar.objects.map((object) => toUpload(object))
  const told = [...calendar.findings, ...uploads.flatMap((upload) => upload.findings)]
  const bad = entry.ref.bad_events ?? []
  for (const { uid, fatal, why } of bad) {
    const trimmed = uid?.trim() ?? null
    assert.ok(
      told.some((problem) => trimmed === null || problem.uid === trimmed),
      `${why.join(', ')} of ${uid} is not reported`,
    )
    if (fatal && trimmed !== null) assert.ok(calendar.protectedUids.includes(trimmed), `${uid} is not protected`)
  }
  const fatal = new Set(bad.filter((event) => event.fatal).map(({ uid }) => uid?.trim() ?? ''))
  const events = allEvents(tree)
  const wanted = sorted(events.map(uidOf).filter((uid) => uid !== '' && !fatal.has(uid)))
  const has = new Set(calendar.objects.map((object) => object.uid))
  const missing = wanted.filter((uid) => !has.has(uid))
  if (!otherObjects.has(entry.file.slice('files/'.length))) assert.deepEqual(missing, [], 'UIDs without an object')
  if (fatal.size === 0) {
    const unnamed = events.filter((event) => uidOf(event) === '').length
    const made = calendar.objects
      .flatMap((object) => object.events)
      .filter((event) => uidOf(event).startsWith('no-uid-'))
    assert.equal(made.length, unnamed, 'events without a UID')
  }
  const one = new Set(calendar.objects.map((object) => object.uid))
  assert.equal(one.size, calendar.objects.length, 'one object per UID')
}

/** What was read and written again is the same calendar, line by line, and our own reader takes it. */
function compareWritten(tree: readonly Component[], calendar: ReadCalendar): void {
  const again = writeComponents(tree)
  assertStrictText(again)
  assert.deepEqual(
    contentLines(parseComponents(again).components),
    contentLines(tree).map(withoutForbidden),
    'content lines',
  )
  assert.equal(writeComponents(parseComponents(again).components), again, 'a fixpoint')

  const feed = mergeFeed([calendar.objects])
  assertStrictText(feed.text)
  const back = readCalendar(feed.text)
  assert.deepEqual(back.findings, [])
  assert.deepEqual(linesOf(back.objects), linesOf(calendar.objects.map(asServed)), 'the feed')
  assert.equal(mergeFeed([back.objects]).text, feed.text, 'the feed again')
}

/** What a feed leaves out on purpose: mailing and program alarms, and second values of what may be there once. */
function asServed(object: CalendarObject): CalendarObject {
  const acts = ({ name, properties }: Component) =>
    name === 'VALARM' && properties.some(({ line }) => /^ACTION[^:]*:\s*(EMAIL|PROCEDURE)/i.test(line))
  const events = object.events.map((event) => {
    const first = (name: string) => event.properties.find((property) => property.name === name)
    const properties = event.properties.filter(
      (property) => !['DTSTART', 'DTSTAMP', 'ORGANIZER'].includes(property.name) || first(property.name) === property,
    )
    return { ...event, properties, components: event.components.filter((part) => !acts(part)) }
  })
  return { ...object, events }
}

/** By UID, the lines of each object's events; DTSTAMP aside, which the feed adds where it is missing. */
function linesOf(objects: readonly CalendarObject[]): Map<string, string[]> {
  const byUid = [...objects].sort((a, b) => (a.uid < b.uid ? -1 : 1))
  return new Map(
    byUid.map((object) => [object.uid, calendarLines(object.events).filter((line) => !/^DTSTAMP[:;]/i.test(line))]),
  )
}

/** What is uploaded is read back as the same object and needs no further mending. */
function compareUploads(calendar: ReadCalendar): void {
  for (const object of calendar.objects) {
    const upload = toUpload(object)
    assertStrictText(upload.text)
    const [back, ...others] = readCalendar(upload.text).objects
    assert.ok(back && others.length === 0, `${object.uid}: one object`)
    assert.equal(back.uid, object.uid)
    assert.equal(fingerprint(back.events), fingerprint(upload.events), `${object.uid}: fingerprint`)
    const second = toUpload(back)
    assert.deepEqual(
      second.findings.filter((problem) => problem.code !== 'zone-unknown'),
      [],
      `${object.uid}: mended twice`,
    )
    assert.equal(second.text, upload.text, `${object.uid}: bytes`)
  }
}

function checkAccepted(entry: Entry, bytes: Uint8Array): void {
  const { text } = decodeCalendarBytes(bytes, null)
  const calendar = readCalendar(text)
  const tree = parseComponents(text).components
  if (!otherFigures.has(entry.file.slice('files/'.length))) {
    compareFigures(tree, calendar, entry)
    compareObjects(tree, calendar, entry)
  }
  compareWritten(tree, calendar)
  compareUploads(calendar)
}

function checkRefused(bytes: Uint8Array): void {
  assert.throws(
    () => readCalendar(decodeCalendarBytes(bytes, null).text),
    (error) => error instanceof SyncError && error.kind === 'protocol' && /^[A-Z].{20,}\.$/.test(error.message),
  )
}

/** Any verdict; what is let through must read back. */
function checkHostile(bytes: Uint8Array): 'refused' | 'right' {
  try {
    const calendar = readCalendar(decodeCalendarBytes(bytes, null).text)
    readCalendar(mergeFeed([calendar.objects]).text)
    return 'right'
  } catch (error) {
    assert.ok(error instanceof SyncError, String(error))
    return 'refused'
  }
}

test('E1: every corpus file is read to its figures or refused with a reason', {
  skip: !present && 'corpus absent',
}, () => {
  const manifest: { files: Entry[] } = JSON.parse(readFileSync(join(root, 'MANIFEST.json'), 'utf8'))
  const counts = { right: 0, refused: 0, otherwise: 0 }
  const failures: string[] = []
  for (const entry of manifest.files) {
    const bytes = readFileSync(join(root, entry.file))
    const name = entry.file.slice('files/'.length)
    try {
      if (entry.expect === 'never-crash') counts[checkHostile(bytes)]++
      else if (entry.expect.startsWith('reject')) {
        checkRefused(bytes)
        counts.refused++
      } else {
        checkAccepted(entry, bytes)
        if (otherFigures.has(name) || otherObjects.has(name)) counts.otherwise++
        else counts.right++
      }
    } catch (error) {
      failures.push(`${entry.expect} (${entry.strength}) ${name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  console.log(
    `corpus: ${manifest.files.length} files, ${counts.right} read right, ${counts.refused} refused as asked, ${counts.otherwise} decided otherwise`,
  )
  assert.deepEqual(failures, [])
  for (const name of [...otherFigures.keys(), ...otherObjects.keys()]) {
    const entry = manifest.files.find(({ file }) => file === `files/${name}`)
    assert.equal(entry?.strength, 'should', `${name} is no judgement`)
  }
})
