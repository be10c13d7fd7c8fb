/** W7: what one may do with an iCalendar text; the argument is its file. */
import { createHash, hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { feedBytes } from '../../src/core/ical/feed-parts.ts'
import { fingerprint } from '../../src/core/ical/fingerprint.ts'
import { parseComponents } from '../../src/core/ical/lines.ts'
import { mergeFeed } from '../../src/core/ical/merge.ts'
import type { Component } from '../../src/core/ical/model.ts'
import { readCalendar } from '../../src/core/ical/objects.ts'
import { textHashOf } from '../../src/core/ical/scanned-object.ts'
import { defineZone } from '../../src/core/ical/zones-define.ts'
import { loadPeer } from '../lib/peers.ts'
import { type Prepare, type Repeated, runRepeated } from '../lib/repeat.ts'

const BEGIN = 'BEGIN:VEVENT'
const END = 'END:VEVENT\r\n'

/** `describe` with a function of the result, which is what the last piece of work returned. */
function keeping<Result>(work: () => Result, describe: (result: Result) => unknown): Repeated {
  let last: Result | undefined
  return {
    work: () => {
      last = work()
    },
    describe: () => (last === undefined ? null : describe(last)),
  }
}

const countEvents = (components: readonly Component[]): number =>
  components.reduce((sum, { name, components: inner }) => sum + (name === 'VEVENT' ? 1 : countEvents(inner)), 0)

const occurrencesOf = (text: string, wanted: string) => text.split(wanted).length - 1

/** How many events a text holds, and a digest of their bytes in any order. */
function eventsOf(text: string): { events: number; digest: string } {
  const blocks = text.split(`${BEGIN}\r\n`).slice(1)
  const bodies = blocks.map((block) => block.slice(0, block.indexOf(END))).sort()
  return { events: bodies.length, digest: hash('sha256', bodies.join('\n'), 'hex') }
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The least: the bytes of each event found, told apart by UID, hashed, and put together again. */
function splitHashJoin(source: Buffer): { hashes: Map<string, string[]>; joined: Buffer } {
  const hashes = new Map<string, string[]>()
  const pieces: Buffer[] = []
  let from = 0
  for (let at = source.indexOf(BEGIN); at >= 0; at = source.indexOf(BEGIN, from)) {
    const end = source.indexOf(END, at) + END.length
    const uidAt = source.indexOf('\nUID:', at) + 5
    const uid = source.toString('latin1', uidAt, source.indexOf('\r', uidAt))
    const block = source.subarray(at, end)
    const found = hash('sha256', block, 'base64url')
    const same = hashes.get(uid)
    if (same === undefined) hashes.set(uid, [found])
    else same.push(found)
    pieces.push(source.subarray(from, at), block)
    from = end
  }
  pieces.push(source.subarray(from))
  return { hashes, joined: Buffer.concat(pieces) }
}

/** The least for content lines: each line unfolded, and its name. */
function linesByHand(text: string): { name: string; line: string }[] {
  const lines: { name: string; line: string }[] = []
  let at = 0
  while (at < text.length) {
    let end = text.indexOf('\r\n', at)
    let line = text.slice(at, end)
    while (text.charCodeAt(end + 2) === 32) {
      const next = text.indexOf('\r\n', end + 2)
      line += text.slice(end + 3, next)
      end = next
    }
    lines.push({ name: line.slice(0, line.search(/[:;]/)), line })
    at = end + 2
  }
  return lines
}

/** What the service does from the text of a feed to the bytes of a feed of its own, with all fingerprints. */
function oursSplitFingerprintJoin(text: string): { fingerprints: string[]; body: Buffer } {
  const { objects } = readCalendar(text)
  // As a run does it: by the text where an event is in order, by its content where it is not.
  const fingerprints = objects.map((object) => textHashOf(object) ?? fingerprint(object.events))
  return { fingerprints, body: feedBytes(mergeFeed([objects], { defineZone }), 0).body }
}

type JCal = readonly [string, unknown, readonly JCal[]]
interface IcalJs {
  parse(text: string): JCal
  stringify(calendar: JCal): string
}
interface NodeIcal {
  sync: { parseICS(text: string): Record<string, { type: string; recurrences?: object } | undefined> }
}

function icalJs(): IcalJs {
  const loaded = loadPeer<IcalJs & { default?: IcalJs }>('ical.js')
  return loaded.default ?? loaded
}

const textWith =
  (prepare: (text: string) => Repeated): Prepare =>
  (file) =>
    prepare(readFileSync(file, 'utf8'))
const bytesWith =
  (prepare: (bytes: Buffer) => Repeated): Prepare =>
  (file) =>
    prepare(readFileSync(file))

await runRepeated({
  memcpy: bytesWith((bytes) => {
    const target = Buffer.alloc(bytes.length)
    return keeping(
      () => bytes.copy(target),
      () => ({ whole: digest(target) }),
    )
  }),
  splitHashJoin: bytesWith((bytes) =>
    keeping(
      () => splitHashJoin(bytes),
      ({ hashes, joined }) => ({ objects: hashes.size, whole: digest(joined), ...eventsOf(joined.toString()) }),
    ),
  ),
  linesByHand: textWith((text) =>
    keeping(
      () => linesByHand(text),
      (lines) => ({ events: lines.filter(({ line }) => line === BEGIN).length }),
    ),
  ),
  oursLines: textWith((text) =>
    keeping(
      () => parseComponents(text),
      ({ components }) => ({ events: countEvents(components) }),
    ),
  ),
  oursRead: textWith((text) =>
    keeping(
      () => readCalendar(text),
      ({ objects, events }) => ({ objects: objects.length, events }),
    ),
  ),
  oursFeed: textWith((text) =>
    keeping(
      () => oursSplitFingerprintJoin(text),
      (made) => ({ objects: new Set(made.fingerprints).size, ...eventsOf(made.body.toString()) }),
    ),
  ),
  icalJs: textWith((text) => {
    const { parse } = icalJs()
    return keeping(
      () => parse(text),
      ([, , inner]) => ({ events: inner.filter(([name]) => name === 'vevent').length }),
    )
  }),
  icalJsStringify: textWith((text) => {
    const { parse, stringify } = icalJs()
    return keeping(
      () => stringify(parse(text)),
      (written) => ({ events: occurrencesOf(written, BEGIN) }),
    )
  }),
  nodeIcal: textWith((text) => {
    const { sync } = loadPeer<NodeIcal>('node-ical')
    return keeping(
      () => sync.parseICS(text),
      (found) => ({ objects: Object.values(found).filter((each) => each?.type === 'VEVENT').length }),
    )
  }),
})
