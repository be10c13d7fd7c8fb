/** For tests: objects from a few lines, and the corpus table of recurrence rules. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDate, writeShifted } from '../src/core/ical/dates.ts'
import { decodeCalendarBytes } from '../src/core/ical/decode.ts'
import { parseComponents } from '../src/core/ical/lines.ts'
import type { CalendarObject } from '../src/core/ical/model.ts'
import { readCalendar } from '../src/core/ical/objects.ts'
import type { Occurrence } from '../src/core/recurrence/occurrences.ts'

/** An object of VEVENTs given as lines without BEGIN and END, with the VTIMEZONEs given as lines. */
export function objectOf(events: readonly (readonly string[])[], zones: readonly string[] = []): CalendarObject {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', 'UID:a', ...event, 'END:VEVENT'])
  const { components } = parseComponents(['BEGIN:VCALENDAR', ...zones, ...lines, 'END:VCALENDAR', ''].join('\r\n'))
  const children = components[0]?.components ?? []
  return {
    uid: 'a',
    events: children.filter(({ name }) => name === 'VEVENT'),
    zones: children.filter(({ name }) => name === 'VTIMEZONE'),
  }
}

const floatingStart = readDate('19700101T000000')
const dateStart = readDate('19700101')
const utcStart = readDate('19700101T000000Z')

/** As the corpus writes starts: UTC, floating without a suffix, or a date. */
export function written(occurrence: Pick<Occurrence, 'wall' | 'epoch' | 'isDate' | 'floating'>): string {
  const form = occurrence.isDate ? dateStart : occurrence.floating ? floatingStart : utcStart
  if (form === null) throw new Error('A constant date cannot be read')
  const local = occurrence.isDate || occurrence.floating
  return writeShifted(form, local ? occurrence.wall : occurrence.epoch / 1000)
}

export interface CorpusRule {
  readonly rule: string
  readonly dtstart: string
  readonly first: readonly string[]
  readonly n?: number
  readonly last?: string
  readonly start: 'in the rule' | 'omitted by the fixture' | 'added by the fixture'
  readonly tzid?: string
  readonly rdate?: readonly string[]
  readonly exdate?: readonly string[]
  readonly others?: Readonly<Record<string, readonly string[]>>
}

export interface CorpusEvent {
  readonly file: string
  readonly uid: string
  readonly window: readonly [string, string]
  readonly n: number
  readonly first: readonly string[]
  readonly last: string | null
  readonly complete: boolean
}

interface CorpusTable {
  readonly rules: readonly CorpusRule[]
  readonly disputed: readonly CorpusRule[]
  readonly invalid: readonly { readonly rule: string; readonly repair?: string | null }[]
  readonly events: readonly CorpusEvent[]
  readonly disputed_events: readonly (Pick<CorpusEvent, 'file' | 'uid' | 'window'> & {
    readonly n: readonly [number, number]
    readonly only_dateutil: readonly string[]
    readonly only_rie: readonly string[]
  })[]
}

const root = join(import.meta.dirname, '../../shared/corpus')
const table = join(root, 'recurrence.json')

/** Null, and said aloud, where the corpus is not there. */
export function readCorpus(): CorpusTable | null {
  if (existsSync(table)) return JSON.parse(readFileSync(table, 'utf8'))
  console.log('The corpus is absent: tests of recurrence.json are SKIPPED.')
  return null
}

/** The object of a corpus event, read as the service reads a feed. */
export function corpusObject(event: Pick<CorpusEvent, 'file' | 'uid'>): CalendarObject {
  const { text } = decodeCalendarBytes(readFileSync(join(root, event.file)), null)
  const { objects } = readCalendar(text)
  // A few files have no UID; they hold one event.
  const found = objects.find(({ uid }) => uid === event.uid) ?? (event.uid === '' ? objects[0] : undefined)
  if (found === undefined) throw new Error(`${event.file} has no object ${event.uid}`)
  return found
}
