/** One destination, its feed, its target and what it remembers, for random histories. */
import assert from 'node:assert/strict'
import type { CalendarState } from '../../src/core/change-state.ts'
import type { HeldDeletion } from '../../src/core/governor.ts'
import { fingerprint } from '../../src/core/ical/fingerprint.ts'
import { readCalendar } from '../../src/core/ical/objects.ts'
import type { Declined, PushOptions } from '../../src/core/plan-push.ts'
import { atOnce } from '../../src/core/steps.ts'
import type { Href } from '../../src/core/types.ts'
import type { KnownResource } from '../../src/store/remote-types.ts'
import type { JournalNote } from '../../src/sync/apply-push.ts'
import { type PushResult, push } from '../../src/sync/push.ts'
import type { TargetMemory } from '../../src/sync/push-memory.ts'
import { pushNames } from '../../src/sync/push-names.ts'
import { createRunSwitch } from '../../src/sync/run-control.ts'
import { type UndoResult, undo } from '../../src/sync/undo.ts'
import { uploadMemo } from '../../src/sync/upload-memo.ts'
import { wantedObjects } from '../../src/sync/wanted.ts'
import { type FaultKind, MemoryCalendar, type Quirks } from '../fakes/memory-calendar.ts'

const NOW = Date.UTC(2026, 2, 1)
const CLOCK = { now: () => NOW }
const ZONE = 'Europe/Berlin'

export type Step =
  | { readonly do: 'feed-put'; readonly name: string; readonly edition: number }
  | { readonly do: 'feed-remove'; readonly name: string }
  | { readonly do: 'feed-renames' }
  | { readonly do: 'other-adds'; readonly name: string }
  | { readonly do: 'other-edits'; readonly name: string; readonly edition: number }
  | { readonly do: 'other-removes'; readonly name: string }
  | { readonly do: 'sync' }
  | { readonly do: 'raced-sync'; readonly call: number; readonly name: string; readonly edition: number }
  | { readonly do: 'faulty-sync'; readonly call: number; readonly fault: FaultKind }

/** Each event has a day of its own, so that identity by content has something to go by. */
function eventText(uid: string, name: string, text: string): string {
  const day = String(1 + (name.charCodeAt(0) % 28)).padStart(2, '0')
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:202604${day}T090000Z`,
    `DTEND:202604${day}T100000Z`,
    `SUMMARY:${text}`,
    `X-NAME:${name}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

const marked = (name: string) => `X-NAME:${name}\r\n`

/** What somebody reads in a calendar: summary by name, whatever the server made of the rest. */
export function reading(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => [/X-NAME:(.*)\r\n/.exec(text)?.[1] ?? '', /SUMMARY:(.*)\r\n/.exec(text)?.[1] ?? '']),
  )
}

export class PushWorld {
  readonly server: MemoryCalendar
  /** Edition by name. */
  readonly feed = new Map<string, number>()
  readonly othersOwn = new Set<string>()
  /**
   * Edits that may stand until the feed changes that event again: made in the instant between our PUT and reading it
   * back, on a server whose answer names no ETag, they cannot be told from the server's own rewriting.
   */
  readonly mayStand = new Map<string, number | undefined>()
  /** The journal of the last run that got as far as writing. */
  journal: JournalNote[] = []
  readonly declined = new Map<string, Declined>()
  waiting: HeldDeletion[] = []
  /** How often the feed has given each event a new UID. */
  readonly #generations = new Map<string, number>()
  readonly #tellsEtags: boolean
  readonly options: PushOptions
  readonly #memory = new Map<Href, KnownResource>()
  readonly #names = pushNames({ id: 7, created_at: '2026-01-01 00:00:00' })
  #state: CalendarState | null = null
  #feedSizes: number[] = []

  constructor(kind: Quirks, options: PushOptions) {
    const server = new MemoryCalendar(kind)
    this.server = server
    this.#tellsEtags = !kind.silentPut && !kind.noEtags && !kind.restlessEtags
    this.options = options
    server.onRemove = (text) => {
      assert.equal(options.keepLocal, false, `keep_local is on, yet this was deleted: ${text}`)
      for (const name of this.feed.keys())
        assert.ok(!text.includes(marked(name)), `${name} is in the feed, yet deleted`)
    }
  }

  #openMemory(): TargetMemory {
    let alive = true
    this.server.onCrash = () => {
      alive = false
    }
    return {
      known: {
        all: () => [...this.#memory.values()],
        haveTags: () => [...this.#memory.values()].every(({ etag }) => etag !== null),
      },
      state: () => this.#state,
      apply: ({ upsert, remove, state }) => {
        if (!alive) return
        this.#state = state ?? this.#state
        for (const resource of upsert) this.#memory.set(resource.href, resource)
        for (const href of remove) this.#memory.delete(href)
      },
    }
  }

  async sync(): Promise<PushResult | null> {
    const memory = this.#openMemory()
    const objects = [...this.feed].flatMap(
      ([name, edition]) =>
        readCalendar(eventText(`${name}-${this.#generations.get(name) ?? 0}`, name, `feed ${edition}`)).objects,
    )
    const notes: JournalNote[] = []
    try {
      const result = await push(
        {
          clock: CLOCK,
          remote: this.server,
          marks: this.server.marks(),
          memory,
          wanted: atOnce(
            wantedObjects(objects, {
              now: NOW,
              defaultZone: ZONE,
              defineZone: () => null,
              guests: 'silent',
              uploads: uploadMemo(),
            }),
          ),
          protectedUids: new Set(),
          writtenByOthers: new Set(),
          options: this.options,
          names: this.#names,
          recentFeedSizes: this.#feedSizes,
          deleteLimit: null,
          waiting: this.waiting,
          declined: this.declined,
          released: new Set(),
          journal: (note) => notes.push(note),
          now: NOW,
          defaultZone: ZONE,
          username: 'ada',
          addresses: async () => null,
        },
        createRunSwitch().control,
      )
      this.#feedSizes = [objects.length, ...this.#feedSizes].slice(0, 10)
      this.waiting = result.verdict.remember.filter(({ answer }) => answer !== null)
      return result
    } catch {
      return null
    } finally {
      this.journal = notes
    }
  }

  /** Takes a run back by its journal, and remembers what the service remembers of that. */
  async undo(journal: readonly JournalNote[], answers: 'decline' | 'lift'): Promise<UndoResult> {
    const notes: JournalNote[] = []
    const result = await undo(
      {
        clock: CLOCK,
        remote: this.server,
        memory: this.#openMemory(),
        names: this.#names,
        entries: journal,
        includeEdited: true,
        silence: (text) => text,
        now: NOW,
        journal: (note) => notes.push(note),
      },
      createRunSwitch().control,
    )
    this.journal = notes
    for (const { op, entry, declines } of result.done) {
      const href = op.kind === 'create' ? entry.href : op.resource.href
      this.waiting = this.waiting.filter((one) => one.href !== href)
      if (answers === 'lift') {
        this.declined.delete(op.uid)
        continue
      }
      const { uid } = entry
      if (entry.after === null) {
        this.waiting.push({ href, uid, subject: uid, firstSeenAt: NOW, times: 0, answer: 'dismissed' })
      }
      if (declines !== null) this.declined.set(op.uid, { why: 'undone', fingerprint: declines, message: '' })
    }
    return result
  }

  async play(action: Step): Promise<void> {
    switch (action.do) {
      case 'feed-put':
        this.feed.set(action.name, action.edition)
        return
      case 'feed-remove':
        this.feed.delete(action.name)
        return
      case 'feed-renames':
        // An event whose content changes in the same moment is another one to whoever looks at it.
        for (let run = 0; run < 3; run += 1) await this.sync()
        if (this.mayStand.size > 0 || (await this.sync())?.verdict.held.length !== 0) return
        for (const name of this.feed.keys()) this.#generations.set(name, (this.#generations.get(name) ?? 0) + 1)
        await this.sync()
        return
      case 'other-adds':
        this.server.putByOther(`own-${action.name}.ics`, eventText(`own-${action.name}`, `own-${action.name}`, 'own'))
        this.othersOwn.add(`own-${action.name}`)
        return
      case 'other-edits':
        this.editByOther(action)
        return
      case 'raced-sync':
        this.server.interfereAt(action.call, () => this.editByOther(action))
        await this.sync()
        this.server.noMoreFaults()
        if (!this.#tellsEtags) this.mayStand.set(action.name, this.feed.get(action.name))
        return
      case 'other-removes':
        this.server.removeByOther(marked(action.name))
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

  editByOther({ name, edition }: { readonly name: string; readonly edition: number }): void {
    this.server.editByOther(marked(name), (text) => text.replace(/SUMMARY:.*\r\n/, `SUMMARY:edited ${edition}\r\n`))
  }

  /** How the calendar reads, resource by resource. */
  contents(): string[] {
    return this.server
      .texts()
      .map(
        (text) => `${reading([text]).keys().next().value} ${fingerprint(readCalendar(text).objects[0]?.events ?? [])}`,
      )
      .sort((a, b) => a.localeCompare(b))
  }
}
