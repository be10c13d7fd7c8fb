/** W7: reading iCalendar: its content lines, and splitting, fingerprinting and joining a feed without loss. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchFeed } from '../lib/calendars.ts'
import { hasPeer } from '../lib/peers.ts'
import { hasPythonModule, PYTHON } from '../lib/python.ts'
import { measureRepeated } from '../lib/repeat.ts'
import type { Contender, Opened, Sample, Workload } from '../lib/workload.ts'

const PYTHON_SCRIPT = `
import icalendar, json, resource, sys, time
data = open(sys.argv[1], 'rb').read()
began = time.process_time()
calendar = icalendar.Calendar.from_ical(data)
spent = time.process_time() - began
events = sum(1 for part in calendar.subcomponents if part.name == 'VEVENT')
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, events]))`

interface Facts {
  readonly objects: number
  readonly events: number
  /** Of the events in any order, and of the whole feed. */
  readonly digest: string
  readonly whole: string
}

/** The feed in a file, and what is true of it. */
function writeFeed(file: string, size: number): { megabytes: number; facts: Facts } {
  const text = benchFeed(size)
  writeFileSync(file, text)
  const bodies = text.split('BEGIN:VEVENT\r\n').slice(1)
  const sorted = bodies.map((body) => body.slice(0, body.indexOf('END:VEVENT\r\n'))).sort()
  const sha = (data: string) => createHash('sha256').update(data).digest('hex')
  const facts = { objects: size, events: bodies.length, digest: sha(sorted.join('\n')), whole: sha(text) }
  return { megabytes: Buffer.byteLength(text) / 1e6, facts }
}

/** A contender says what it can tell of the feed; all of that must be true. */
function compare(facts: Facts, result: unknown): void {
  for (const [name, value] of Object.entries(result as Partial<Facts>)) {
    const wanted = facts[name as keyof Facts]
    if (value !== wanted) throw new Error(`Its ${name} is ${value}, not ${wanted}`)
  }
}

type Entry = readonly [name: string, role: Contender['role'], contender: string, peer?: string]

function open(size: number, entries: readonly Entry[], python: boolean): Opened {
  const folder = mkdtempSync(join(tmpdir(), 'bench-ical-'))
  const file = join(folder, 'feed.ics')
  const { megabytes, facts } = writeFeed(file, size)
  const contenders = entries.flatMap(([name, role, contender, peer]): Contender[] => {
    if (peer !== undefined && !hasPeer(peer)) {
      console.log(`Left out: ${name}, because ${peer} is not installed`)
      return []
    }
    const run = () => measureRepeated('ical.ts', contender, file, megabytes, (result) => compare(facts, result))
    // The largest size shows how the cost grows, which one round does.
    return [{ name, role, run, ...(size > 10_000 ? { rounds: 1 } : {}) }]
  })
  const close = async () => rmSync(folder, { recursive: true, force: true })
  if (!python) return { contenders, close }
  if (size > 10_000) console.log('Left out at this size: python icalendar, which takes half a minute')
  else if (!hasPythonModule('icalendar')) console.log('Left out: python icalendar, which is not installed')
  else {
    const run = () => measurePython(file, megabytes, facts)
    contenders.push({ name: 'python icalendar', role: 'peer', run, rounds: 1 })
  }
  return { contenders, close }
}

function measurePython(file: string, megabytes: number, facts: Facts): Promise<Sample> {
  return new Promise((resolve, reject) => {
    execFile(PYTHON, ['-c', PYTHON_SCRIPT, file], (error, stdout) => {
      if (error) return reject(error)
      const [cpu, peak, events] = JSON.parse(stdout) as [number, number, number]
      if (events !== facts.events)
        return reject(new Error(`python icalendar found ${events} of ${facts.events} events`))
      resolve({ cpu, peak, rate: megabytes / cpu })
    })
  })
}

const OURS_LINES = 'ours, content lines'
const OURS_FEED = 'ours, split + fingerprint + join'
const shared = { sizes: [1_000, 10_000, 50_000], compare: 'cpu', unit: 'MB per CPU second' } as const

export const icalWorkloads: readonly Workload[] = [
  {
    ...shared,
    id: 'W7 lines',
    title: 'reading an iCalendar text',
    targets: [
      {
        text: 'content lines at least 50 MB per CPU second',
        size: 10_000,
        value: (rows) => rows.of(OURS_LINES, 'rate'),
        atLeast: 50,
        why: 'The same by hand, without looking for anything out of the ordinary, is the floor of the table, on the machine as it was then.',
      },
    ],
    open: async (size) =>
      open(
        size,
        [
          ['content lines by hand', 'floor', 'linesByHand'],
          [OURS_LINES, 'ours', 'oursLines'],
          ['ours, whole read', 'ours', 'oursRead'],
          ['ical.js parse', 'peer', 'icalJs', 'ical.js'],
          ['node-ical', 'peer', 'nodeIcal', 'node-ical'],
        ],
        true,
      ),
  },
  {
    ...shared,
    id: 'W7 feed',
    title: 'a feed split, fingerprinted and joined again without loss',
    targets: [
      {
        text: 'split, fingerprint and join at least 100 MB per CPU second',
        size: 10_000,
        value: (rows) => rows.of(OURS_FEED, 'rate'),
        atLeast: 100,
        why: 'Each line of an event is looked at for its length, its characters, its zone, its dates and years, so that the feed needs no tree; the floor looks at UID lines alone.',
      },
    ],
    open: async (size) =>
      open(
        size,
        [
          ['split + hash + join by hand', 'floor', 'splitHashJoin'],
          ['memcpy', 'floor', 'memcpy'],
          [OURS_FEED, 'ours', 'oursFeed'],
          ['ical.js parse + stringify', 'peer', 'icalJsStringify', 'ical.js'],
        ],
        false,
      ),
  },
]
