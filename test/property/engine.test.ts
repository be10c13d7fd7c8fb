/**
 * The engine against random histories: feeds that change, edits by others, servers that rewrite or give no ETags,
 * failures and crashes at any call. What must hold is in `checkSettled` and in the server's own assertions.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCalendar } from '../../src/core/ical/objects.ts'
import type { Href } from '../../src/core/types.ts'
import type { KnownResource } from '../../src/store/types.ts'
import { type PushResult, push } from '../../src/sync/push.ts'
import type { TargetMemory } from '../../src/sync/push-memory.ts'
import { pushNames } from '../../src/sync/push-names.ts'
import { createRunSwitch } from '../../src/sync/run-control.ts'
import { wantedObjects } from '../../src/sync/wanted.ts'
import { type FaultKind, MemoryCalendar, type Quirks } from '../fakes/memory-calendar.ts'

const HISTORIES = 2_000
const NOW = Date.UTC(2026, 2, 1)
const ZONE = 'Europe/Berlin'
const UIDS = ['ada', 'bob', 'cid', 'dee', 'eva', 'fox', 'gus', 'hal']

type Step =
  | { readonly do: 'feed-put'; readonly uid: string; readonly edition: number }
  | { readonly do: 'feed-remove'; readonly uid: string }
  | { readonly do: 'other-adds'; readonly uid: string }
  | { readonly do: 'other-edits'; readonly uid: string; readonly edition: number }
  | { readonly do: 'other-removes'; readonly uid: string }
  | { readonly do: 'sync' }
  | { readonly do: 'raced-sync'; readonly call: number; readonly uid: string; readonly edition: number }
  | { readonly do: 'faulty-sync'; readonly call: number; readonly fault: FaultKind }

const uid = fc.constantFrom(...UIDS)
const edition = fc.integer({ min: 1, max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('feed-put' as const), uid, edition }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('feed-remove' as const), uid }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other-adds' as const), uid }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('other-edits' as const), uid, edition }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other-removes' as const), uid }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('raced-sync' as const),
      call: fc.integer({ min: 1, max: 8 }),
      uid,
      edition,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('faulty-sync' as const),
      call: fc.integer({ min: 0, max: 12 }),
      fault: fc.constantFrom<FaultKind>('refuse', 'lose-answer', 'crash'),
    }),
  },
)
const quirks: fc.Arbitrary<Quirks> = fc.record({
  rewrites: fc.boolean(),
  silentPut: fc.boolean(),
  noEtags: fc.boolean(),
  restlessEtags: fc.boolean(),
})

function eventText(name: string, text: string): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    `UID:${name}`,
    'DTSTAMP:20260101T000000Z',
    'DTSTART:20260401T090000Z',
    'DTEND:20260401T100000Z',
    `SUMMARY:${text}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

/** One destination, its feed, its target and what it remembers. */
class World {
  readonly server: MemoryCalendar
  readonly feed = new Map<string, number>()
  readonly othersOwn = new Set<string>()
  /**
   * Edits that may stand until the feed changes that event again: made in the instant between our PUT and reading it
   * back, on a server whose answer names no ETag, they cannot be told from the server's own rewriting.
   */
  readonly #mayStand = new Map<string, number | undefined>()
  readonly #tellsEtags: boolean
  readonly #keepLocal: boolean
  readonly #memory = new Map<Href, KnownResource>()
  readonly #names = pushNames({ id: 7, created_at: '2026-01-01 00:00:00' })
  #feedSizes: number[] = []

  constructor(kind: Quirks, keepLocal: boolean) {
    const server = new MemoryCalendar(kind)
    this.server = server
    this.#tellsEtags = !kind.silentPut && !kind.noEtags && !kind.restlessEtags
    this.#keepLocal = keepLocal
    server.onRemove = (text) => {
      assert.equal(this.#keepLocal, false, `keep_local is on, yet this was deleted: ${text}`)
      for (const name of this.feed.keys())
        assert.ok(!text.includes(`UID:${name}\r\n`), `${name} is in the feed, yet deleted`)
    }
  }

  async sync(): Promise<PushResult | null> {
    let alive = true
    const memory: TargetMemory = {
      known: () => [...this.#memory.values()],
      apply: ({ upsert, remove }) => {
        if (!alive) return
        for (const resource of upsert) this.#memory.set(resource.href, resource)
        for (const href of remove) this.#memory.delete(href)
      },
    }
    this.server.onCrash = () => {
      alive = false
    }
    const objects = [...this.feed].flatMap(([name, number]) => readCalendar(eventText(name, `feed ${number}`)).objects)
    const options = { now: NOW, defaultZone: ZONE, defineZone: () => null, guests: 'silent' as const }
    try {
      const result = await push(
        {
          remote: this.server,
          memory,
          wanted: wantedObjects(objects, options),
          protectedUids: new Set(),
          writtenByOthers: new Set(),
          options: { syncAll: true, keepLocal: this.#keepLocal, removeDropped: false, localEdits: 'overwrite' },
          declined: new Map(),
          released: new Set(),
          journal: () => undefined,
          names: this.#names,
          recentFeedSizes: this.#feedSizes,
          waiting: [],
          now: NOW,
          defaultZone: ZONE,
          username: 'ada',
        },
        createRunSwitch().control,
      )
      this.#feedSizes = [objects.length, ...this.#feedSizes].slice(0, 10)
      return result
    } catch {
      return null
    }
  }

  async play(action: Step): Promise<void> {
    switch (action.do) {
      case 'feed-put':
        this.feed.set(action.uid, action.edition)
        return
      case 'feed-remove':
        this.feed.delete(action.uid)
        return
      case 'other-adds':
        this.server.putByOther(`own-${action.uid}.ics`, eventText(`own-${action.uid}`, 'their own'))
        this.othersOwn.add(`own-${action.uid}`)
        return
      case 'other-edits':
        this.#editByOther(action)
        return
      case 'raced-sync':
        this.server.interfereAt(action.call, () => this.#editByOther(action))
        await this.sync()
        this.server.noMoreFaults()
        if (!this.#tellsEtags) this.#mayStand.set(action.uid, this.feed.get(action.uid))
        return
      case 'other-removes':
        this.server.removeByOther(`UID:${action.uid}\r\n`)
        return
      case 'sync':
        await this.sync()
        return
      case 'faulty-sync':
        this.server.failAt(action.call, action.fault)
        await this.sync()
        this.server.noMoreFaults()
        return
    }
  }

  #editByOther(edit: { uid: string; edition: number }): void {
    this.server.editByOther(`UID:${edit.uid}\r\n`, (text) =>
      text.replace(/SUMMARY:.*\r\n/, `SUMMARY:edited ${edit.edition}\r\n`),
    )
  }

  /** After enough undisturbed runs: the feed is there, once and unaltered, and nothing is written any more. */
  async checkSettled(): Promise<void> {
    let last: PushResult | null = null
    for (let run = 0; run < 3; run += 1) last = await this.sync()
    const before = this.server.writes
    last = await this.sync()
    assert.ok(last, 'an undisturbed run failed')
    assert.deepEqual(
      last.outcomes.map((outcome) => outcome.op.kind),
      [],
    )
    assert.equal(this.server.writes, before, 'a settled calendar was written again')
    const texts = this.server.texts()
    for (const [name, number] of this.feed) {
      const holders = texts.filter((text) => text.includes(`UID:${name}\r\n`))
      assert.equal(holders.length, 1, `${name} lies on the server ${holders.length} times`)
      if (this.#mayStand.get(name) === number && /SUMMARY:edited/.test(holders[0] ?? '')) continue
      assert.match(holders[0] ?? '', new RegExp(`SUMMARY:feed ${number}\r\n`), `${name} is not what the feed says`)
    }
    if (this.#keepLocal) {
      for (const name of this.othersOwn)
        assert.ok(
          texts.some((text) => text.includes(`UID:${name}\r\n`)),
          `${name} is gone`,
        )
    } else if (last.verdict.held.length === 0) {
      assert.equal(texts.length, this.feed.size, 'a mirror holds something the feed does not')
    }
  }
}

test('the engine converges, deletes only what it may and writes nothing twice, over random histories', async () => {
  let histories = 0
  const result = await fc.check(
    fc.asyncProperty(
      quirks,
      fc.boolean(),
      fc.array(step, { minLength: 3, maxLength: 16 }),
      async (kind, keepLocal, steps) => {
        histories += 1
        const world = new World(kind, keepLocal)
        for (const action of steps) await world.play(action)
        await world.checkSettled()
      },
    ),
    {
      numRuns: Number(process.env.HISTORIES ?? HISTORIES),
      ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
    },
  )
  console.log(`engine: ${histories} random histories, seed ${result.seed}`)
  if (result.failed) assert.fail(`${fc.defaultReportMessage(result)}\n${result.errorInstance}`)
})
