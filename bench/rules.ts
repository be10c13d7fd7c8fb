// How long a preview of rules takes on 10,000 stored events: `node bench/rules.ts [events]`.
import { compileRules } from '../src/core/rules/compile.ts'
import { PRESETS } from '../src/core/rules/presets.ts'
import { previewRules } from '../src/core/rules/preview.ts'
import { objectsIn } from '../src/sync/source-objects.ts'

const events = Number(process.argv[2] ?? 10_000)
const NOW = Date.UTC(2026, 10, 24)

/** Every tenth repeats weekly. */
function resource(index: number): { uid: string; text: string } {
  const day = new Date(NOW + (index % 400) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//bench//EN',
    'BEGIN:VEVENT',
    `UID:event-${index}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART;TZID=Europe/Berlin:${day}T100000`,
    `DTEND;TZID=Europe/Berlin:${day}T110000`,
    `SUMMARY:Event ${index}`,
    `CLASS:${index % 5 === 0 ? 'PRIVATE' : 'PUBLIC'}`,
    `CATEGORIES:${index % 3 === 0 ? 'Work' : 'Home'}`,
    `DESCRIPTION:${'Some words about it. '.repeat(10)}`,
    ...(index % 10 === 0 ? ['RRULE:FREQ=WEEKLY'] : []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]
  return { uid: `event-${index}`, text: lines.join('\r\n') }
}

const resources = Array.from({ length: events }, (_, index) => resource(index))
let started = performance.now()
const objects = objectsIn(resources)
console.log(`reading ${events} stored events: ${Math.round(performance.now() - started)} ms, once until they change`)
const pattern = [
  {
    when: [{ if: 'text' as const, property: 'DESCRIPTION', is: 'matches' as const, value: '(some|many) words.*9$' }],
    actions: [{ do: 'drop' as const }],
  },
]
for (const { id, rules } of [...PRESETS, { id: 'a pattern on all texts', rules: pattern }]) {
  for (const round of ['first', 'again']) {
    started = performance.now()
    const found = previewRules([{ calendar: 'Work', me: [], objects }], compileRules(rules), {
      now: NOW,
      defaultZone: 'UTC',
    })
    const took = Math.round(performance.now() - started)
    console.log(`${id} (${round}): ${took} ms, ${found.changed} changed, ${found.dropped} dropped`)
  }
}
