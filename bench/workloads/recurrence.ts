/** Recurrence in a zone: occurrences per second, and whether anything comes after now. */
import { execFile } from 'node:child_process'
import { hasPeer } from '../lib/peers.ts'
import { hasPythonModule, PYTHON } from '../lib/python.ts'
import { measureRepeated } from '../lib/repeat.ts'
import { OCCURRENCES, QUESTIONS, SERIES, START, ZONE } from '../lib/rules.ts'
import type { Contender, Sample, Workload } from '../lib/workload.ts'

const DATEUTIL = `
import dateutil.rrule, dateutil.tz, datetime, hashlib, json, sys, time
rules, start, zone = json.loads(sys.argv[1])
begins = datetime.datetime.strptime(start, '%Y%m%dT%H%M%S').replace(tzinfo=dateutil.tz.gettz(zone))
times, spent = 0, 0
began = time.process_time()
while spent < 1:
    found = [int(each.timestamp()) for rule in rules for each in dateutil.rrule.rrulestr(rule, dtstart=begins)]
    times += 1
    spent = time.process_time() - began
digest = hashlib.sha256(','.join(map(str, found)).encode()).hexdigest()
print(json.dumps([spent / times, len(found), digest]))`

/** All contenders must give the same as the first of them that has run. */
function sameForAll() {
  let first: string | null = null
  return (result: unknown) => {
    const text = JSON.stringify(result)
    first ??= text
    if (text !== first) throw new Error(`${text} instead of ${first}`)
  }
}

function measureDateutil(check: (result: unknown) => void): Promise<Sample> {
  const args = ['-c', DATEUTIL, JSON.stringify([SERIES, START, ZONE])]
  return new Promise((resolve, reject) => {
    execFile(PYTHON, args, (error, stdout) => {
      if (error) return reject(error)
      const [cpu, count, digest] = JSON.parse(stdout) as [number, number, string]
      try {
        check({ count, digest })
      } catch (thrown) {
        return reject(thrown)
      }
      resolve({ cpu, rate: OCCURRENCES / cpu })
    })
  })
}

/** The contenders whose package is there; names those that are left out. */
function present(contenders: readonly (Contender & { readonly peer?: string })[]): Contender[] {
  return contenders.filter(({ name, peer }) => {
    if (peer === undefined || hasPeer(peer)) return true
    console.log(`Left out: ${name}, because ${peer} is not installed`)
    return false
  })
}

const shared = { sizes: [1], compare: 'cpu' } as const

export const recurrenceWorkloads: readonly Workload[] = [
  {
    ...shared,
    id: 'W7 recurrence',
    title: `occurrences of everyday rules in a zone`,
    unit: 'occurrences per CPU second',
    targets: [
      {
        text: 'occurrences at least 400,000 per CPU second',
        value: (rows) => rows.of('ours', 'rate'),
        atLeast: 400_000,
      },
    ],
    async open() {
      const check = (result: unknown) => {
        const { count } = result as { count: number }
        if (count !== OCCURRENCES) throw new Error(`${count} occurrences of ${OCCURRENCES}`)
        same(result)
      }
      const same = sameForAll()
      const run = (contender: string) => () => measureRepeated('recurrence.ts', contender, '', OCCURRENCES, check)
      const contenders = present([
        { name: 'rrule-temporal', role: 'floor', run: run('rruleTemporal'), peer: 'rrule-temporal' },
        { name: 'ours', role: 'ours', run: run('ours') },
        { name: 'ical.js', role: 'peer', run: run('icalJs'), peer: 'ical.js' },
      ])
      if (hasPythonModule('dateutil.rrule'))
        contenders.push({ name: 'dateutil', role: 'peer', run: () => measureDateutil(check) })
      else console.log('Left out: dateutil, which is not installed')
      return { contenders, close: async () => {} }
    },
  },
  {
    ...shared,
    id: 'W7 future',
    title: 'whether anything of a rule comes after now',
    unit: 'answers per CPU second',
    async open() {
      const check = sameForAll()
      const run = (contender: string) => () => measureRepeated('recurrence.ts', contender, '', QUESTIONS.length, check)
      const contenders = present([
        { name: 'ours', role: 'ours', run: run('oursFuture') },
        { name: 'rrule-temporal', role: 'peer', run: run('rruleTemporalFuture'), peer: 'rrule-temporal' },
      ])
      return { contenders, close: async () => {} }
    },
  },
]
