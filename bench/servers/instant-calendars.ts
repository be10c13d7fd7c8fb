/** What the instant server holds: calendars and feeds that follow from their number and the hour, and what was written. */
import { benchFeed, benchObject } from '../lib/calendars.ts'

/** Events of a calendar that is read. */
const EVENTS = 20
/** Events of a feed: few, for each is a PUT when its calendar is first written. */
export const FEED_EVENTS = 8
/** The one event of a calendar or feed that is ever changed. */
const CHANGED = 7
/** One calendar of so many changes in each hour: 5 %. */
const ONE_OF = 20

/** How often calendar or feed `n` has changed by this hour. */
export function editionOf(n: number, hour: number): number {
  return Math.floor((hour + (n % ONE_OF)) / ONE_OF)
}

export interface Member {
  readonly name: string
  readonly etag: string
  text(): string
}

/** The events of a calendar that is only read. */
export function membersOf(n: number, edition: number): Member[] {
  return Array.from({ length: EVENTS }, (_, index) => {
    const event = index === CHANGED ? edition + 1 : 1
    return {
      name: `${index}.ics`,
      etag: `"${event}"`,
      text: () =>
        numbered(
          once(`${index} ${event}`, () => benchObject(index, event).text),
          n,
        ),
    }
  })
}

/** Those that have changed since the edition named by a token. */
export function changedSince(n: number, edition: number, since: number): Member[] {
  return since < edition ? membersOf(n, edition).slice(CHANGED, CHANGED + 1) : []
}

export function feedText(n: number, edition: number): string {
  return numbered(
    once(`feed ${edition}`, () => benchFeed(FEED_EVENTS, edition + 1)),
    n,
  )
}

const made = new Map<string, string>()

function once(key: string, make: () => string): string {
  const text = made.get(key) ?? make()
  made.set(key, text)
  return text
}

/** UIDs are those of this one calendar. */
function numbered(text: string, n: number): string {
  return text.replace(/event-(\d+)@/g, `event-$1-${n}@`)
}

interface Written {
  readonly etag: string
  readonly text: string
  readonly at: number
}

/** A calendar that is written to. Deletions are not told to those who ask with a token; nothing here deletes. */
export class WrittenCalendar {
  readonly #objects = new Map<string, Written>()
  #revision = 0

  get revision(): number {
    return this.#revision
  }

  get size(): number {
    return this.#objects.size
  }

  etag(name: string): string | undefined {
    return this.#objects.get(name)?.etag
  }

  put(name: string, text: string): string {
    this.#revision += 1
    const etag = `"${this.#revision}"`
    this.#objects.set(name, { etag, text, at: this.#revision })
    return etag
  }

  remove(name: string): void {
    this.#revision += 1
    this.#objects.delete(name)
  }

  members(since: number): Member[] {
    return [...this.#objects].flatMap(([name, { etag, text, at }]) =>
      at > since ? [{ name, etag, text: () => text }] : [],
    )
  }
}
