/** Calendars as people have them, the same at each call: what the workloads run on. */
import { foldLine } from '../../src/core/ical/fold.ts'
import { writeComponents } from '../../src/core/ical/lines.ts'
import { defineZone } from '../../src/core/ical/zones-define.ts'

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Europe/London'] as const
const RULES = ['FREQ=WEEKLY;BYDAY=MO,WE', 'FREQ=DAILY;COUNT=20', 'FREQ=MONTHLY;BYDAY=2TU', 'FREQ=YEARLY'] as const
const TITLES = [
  'Besprechung Größenänderung',
  'Réunion d’équipe',
  'Dentist',
  'Школьный концерт',
  '打ち合わせ',
  'Training',
  'Geburtstag',
] as const
const TEXT =
  'Bitte die Unterlagen mitbringen\\, außerdem den Schlüssel für den großen Saal\\; bei Fragen an Frau Müller wenden.\\nTelefon 040 123456'

const zoneTexts = new Map(
  ZONES.map((tzid) => {
    const zone = defineZone(tzid)
    return [tzid, zone === null ? '' : writeComponents([zone])]
  }),
)

export interface BenchObject {
  readonly uid: string
  /** Its VEVENTs, with CRLF. */
  readonly events: string
  /** A whole VCALENDAR with the one zone it uses. */
  readonly text: string
}

function stamp(day: number, minutes: number): string {
  const moment = new Date(Date.UTC(2026, 0, 1) + day * 86_400_000 + minutes * 60_000)
  return moment.toISOString().replace(/[-:]|\.\d+Z/g, '')
}

/**
 * Object `index`, of which every tenth recurs, every twentieth has an override, four of ten an alarm, three of ten guests;
 * `edition` changes its title.
 */
export function benchObject(index: number, edition = 1): BenchObject {
  const uid = `event-${index}@bench.example`
  const zone = ZONES[index % ZONES.length] ?? 'Europe/Berlin'
  const recurs = index % 10 === 0
  const day = index % 730
  const start = stamp(day, 480 + (index % 40) * 15)
  const end = stamp(day, 540 + (index % 40) * 15)
  const title = `${TITLES[index % TITLES.length]} ${index}${edition > 1 ? `\\, edition ${edition}` : ''}`
  const guests =
    index % 10 < 3
      ? [
          `ORGANIZER;CN="Müller, Anna":mailto:anna.mueller@bench.example`,
          ...[1, 2, 3].map(
            (guest) =>
              `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Guest ${guest}:mailto:guest${guest}.${index}@bench.example`,
          ),
        ]
      : []
  const common = [
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    'CREATED:20251201T080000Z',
    'LAST-MODIFIED:20251224T120000Z',
    `SUMMARY:${title}`,
    ...(index % 2 === 0 ? [`DESCRIPTION:${TEXT}`] : []),
    ...(index % 3 === 0 ? ['LOCATION:Rathaus\\, Großer Saal\\, Am Markt 1\\, 20095 Hamburg'] : []),
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    ...guests,
    ...(index % 4 === 0 ? ['CATEGORIES:Work,Projects', 'X-BENCH-NOTE;X-KEY=value:kept as it is'] : []),
  ]
  const alarm =
    index % 5 < 2 ? ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${title}`, 'TRIGGER:-PT15M', 'END:VALARM'] : []
  const master = [
    'BEGIN:VEVENT',
    ...common,
    `DTSTART;TZID=${zone}:${start}`,
    `DTEND;TZID=${zone}:${end}`,
    ...(recurs ? [`RRULE:${RULES[(index / 10) % RULES.length]}`] : []),
    ...alarm,
    'END:VEVENT',
  ]
  const override =
    index % 20 === 0
      ? [
          'BEGIN:VEVENT',
          ...common,
          `RECURRENCE-ID;TZID=${zone}:${start}`,
          `DTSTART;TZID=${zone}:${stamp(day, 600)}`,
          `DTEND;TZID=${zone}:${stamp(day, 660)}`,
          'END:VEVENT',
        ]
      : []
  const events = [...master, ...override].map(foldLine).join('')
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\n${zoneTexts.get(zone)}${events}END:VCALENDAR\r\n`
  return { uid, events, text }
}

export function benchObjects(count: number): BenchObject[] {
  return Array.from({ length: count }, (_, index) => benchObject(index))
}

/** All of them as one feed; `edition` 2 has another title for one event. */
export function benchFeed(count: number, edition = 1): string {
  const events = Array.from({ length: count }, (_, index) => benchObject(index, index === 7 ? edition : 1).events)
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\n${[...zoneTexts.values()].join('')}${events.join('')}END:VCALENDAR\r\n`
}
