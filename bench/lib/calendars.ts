/** Calendars as people have them, the same at each call: what the workloads run on. */
import { foldLine } from '../../src/core/ical/fold.ts'

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
const SYLLABLES = [
  'ba',
  'ter',
  'lin',
  'gro',
  'ße',
  'mu',
  'sik',
  'haus',
  'é',
  'co',
  'le',
  'mon',
  'ta',
  're',
  'un',
  'ion',
] as const

/** Words that no compressor has seen before, the same for the same number: text as of many different people. */
function prose(seed: number, words: number): string {
  let state = seed * 2_654_435_761 + 12_345
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const made = Array.from({ length: words }, (_, at) => {
    const word = Array.from({ length: 1 + next(3) }, () => SYLLABLES[next(SYLLABLES.length)]).join('')
    return at % 9 === 8 ? `${word}\\,` : at % 23 === 22 ? `${word}.\\n` : word
  })
  return made.join(' ')
}

/** As Google and Thunderbird write them: the offsets of today, without a history. */
const zoneTexts = new Map([
  [
    'Europe/Berlin',
    observances(['DAYLIGHT', '+0100', '+0200', 'CEST', '3', '-1'], ['STANDARD', '+0200', '+0100', 'CET', '10', '-1']),
  ],
  [
    'America/New_York',
    observances(['DAYLIGHT', '-0500', '-0400', 'EDT', '3', '2'], ['STANDARD', '-0400', '-0500', 'EST', '11', '1']),
  ],
  ['Asia/Tokyo', observances(['STANDARD', '+0900', '+0900', 'JST'])],
  [
    'Europe/London',
    observances(['DAYLIGHT', '+0000', '+0100', 'BST', '3', '-1'], ['STANDARD', '+0100', '+0000', 'GMT', '10', '-1']),
  ],
])

function observances(...parts: readonly (readonly string[])[]): string {
  return parts
    .map(([kind, from, to, name, month, week]) =>
      [
        `BEGIN:${kind}`,
        `TZOFFSETFROM:${from}`,
        `TZOFFSETTO:${to}`,
        `TZNAME:${name}`,
        `DTSTART:1970${(month ?? '1').padStart(2, '0')}01T020000`,
        ...(month === undefined ? [] : [`RRULE:FREQ=YEARLY;BYMONTH=${month};BYDAY=${week}SU`]),
        `END:${kind}`,
        '',
      ].join('\r\n'),
    )
    .join('')
}

const zoneText = (tzid: string): string => `BEGIN:VTIMEZONE\r\nTZID:${tzid}\r\n${zoneTexts.get(tzid)}END:VTIMEZONE\r\n`

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
  const title = `${TITLES[index % TITLES.length]} ${prose(index, 2)} ${index}${edition > 1 ? `\\, edition ${edition}` : ''}`
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
    ...(index % 2 === 0 ? [`DESCRIPTION:${prose(index, 40 + (index % 50))}`] : []),
    ...(index % 3 === 0 ? [`LOCATION:${prose(index + 7, 4)}\\, Am Markt ${index % 90}\\, 20095 Hamburg`] : []),
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
  const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\n${zoneText(zone)}${events}END:VCALENDAR\r\n`
  return { uid, events, text }
}

export function benchObjects(count: number): BenchObject[] {
  return Array.from({ length: count }, (_, index) => benchObject(index))
}

/** All of them as one feed; `edition` 2 has another title for one event. */
export function benchFeed(count: number, edition = 1): string {
  const events = Array.from({ length: count }, (_, index) => benchObject(index, index === 7 ? edition : 1).events)
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\n${ZONES.map(zoneText).join('')}${events.join('')}END:VCALENDAR\r\n`
}
