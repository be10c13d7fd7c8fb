// The longest that any question about any rule takes: `node bench/recurrence.ts [rules]`.
import { lastEnd } from '../src/core/ical/window.ts'
import { occurrences } from '../src/core/recurrence/occurrences.ts'
import { objectOf, readCorpus } from '../test/recurrence-samples.ts'

const HOSTILE = [
  'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=SECONDLY;BYSECOND=1;COUNT=999999999',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;BYSETPOS=5',
  'FREQ=MINUTELY;BYHOUR=3;BYMINUTE=61',
  'FREQ=HOURLY;BYYEARDAY=366;BYDAY=2TU',
  'FREQ=DAILY;INTERVAL=2147483647',
  'FREQ=MONTHLY;BYDAY=5MO,5TU,5WE;BYMONTHDAY=1;BYSETPOS=-366',
  'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6',
  'FREQ=SECONDLY;BYSETPOS=1;BYHOUR=23;BYMONTHDAY=31;BYMONTH=2',
]
const wanted = Number(process.argv[2] ?? 2_000)
const corpus = readCorpus()
const rules = [
  ...HOSTILE,
  ...(corpus?.rules ?? []).map(({ rule }) => rule),
  ...(corpus?.disputed ?? []).map(({ rule }) => rule),
]
const starts = ['20260101T093000Z', '19700101T000000', '20240229', '99991231T235959']
const times: { took: number; question: string }[] = []

for (let round = 0; times.length < wanted * 4; round += 1) {
  const rule = rules[round % rules.length] ?? ''
  const start = starts[Math.floor(round / rules.length) % starts.length] ?? ''
  const value = start.length === 8 ? `;VALUE=DATE:${start}` : `:${start}`
  const object = objectOf([[`DTSTART${value}`, `RRULE:${rule}`]])
  const ask = (what: string, question: () => unknown) => {
    const began = performance.now()
    question()
    times.push({ took: performance.now() - began, question: `${what} of ${rule} from ${start}` })
  }
  const firstFrom = (from: number) => {
    const stream = occurrences(object, 'Europe/Berlin', from)
    for (let left = 8; left > 0 && stream.next().done !== true; left -= 1);
  }
  ask('the first eight', () => firstFrom(Number.NEGATIVE_INFINITY))
  ask('the next eight in 2026', () => firstFrom(Date.UTC(2026, 10, 24)))
  ask('the next eight in 2100', () => firstFrom(Date.UTC(2100, 0, 1)))
  ask('the last end', () => lastEnd(object, { defaultZone: 'Europe/Berlin' }))
}
times.sort((a, b) => a.took - b.took)
const at = (share: number) =>
  (times[Math.min(times.length - 1, Math.floor(times.length * share))]?.took ?? 0).toFixed(2)
console.log(`${times.length} questions: half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms, all within ${at(1)} ms`)
for (const { took, question } of times.slice(-3).reverse()) console.log(`  ${took.toFixed(1)} ms: ${question}`)
