/** Rings of sources and destinations: what a destination writes comes back to it as its own feed, for ever. */

export interface ReadingSource {
  readonly id: number
  readonly name: string
  /** Keys of the calendars it reads. */
  readonly calendars: readonly string[]
}

export interface WritingDestination {
  readonly name: string
  /** Key of the calendar it writes. */
  readonly calendar: string
  /** The sources of this service that its feed is made of; none: it comes from elsewhere. */
  readonly sourceIds: readonly number[]
}

/** What else there is, asked for bit by bit: of thousands of items a ring concerns a few. */
export interface Surroundings {
  source(id: number): ReadingSource | undefined
  /** The destinations that write the calendar with this key. */
  writersOf(calendar: string): readonly WritingDestination[]
}

/**
 * The names along the ring that this destination closes, beginning and ending with its source: what the source reads is
 * written by the destination, at once or by way of others. Null where there is none.
 */
export function ringOf(destination: WritingDestination, around: Surroundings): readonly string[] | null {
  const seen = new Set<number>()
  /** From a source to those who write what it reads; `path` leads from it to the source of the destination. */
  const comeFrom = (id: number, path: readonly string[]): readonly string[] | null => {
    const source = seen.has(id) ? undefined : around.source(id)
    if (source === undefined) return null
    seen.add(id)
    const soFar = [source.name, ...path]
    if (source.calendars.includes(destination.calendar)) return soFar
    for (const writer of source.calendars.flatMap((calendar) => around.writersOf(calendar))) {
      for (const feeding of writer.sourceIds) {
        const ring = comeFrom(feeding, [writer.name, ...soFar])
        if (ring) return ring
      }
    }
    return null
  }
  for (const id of destination.sourceIds) {
    const ring = comeFrom(id, [])
    if (ring) return [ring.at(-1) ?? '', destination.name, ...ring]
  }
  return null
}
