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

/**
 * The names along the ring that this destination closes, beginning and ending with its source: what the source reads is
 * written by the destination, at once or by way of others. Null where there is none.
 */
export function ringOf(
  destination: WritingDestination,
  sources: readonly ReadingSource[],
  destinations: readonly WritingDestination[],
): readonly string[] | null {
  for (const start of sources.filter(({ id }) => destination.sourceIds.includes(id))) {
    const ring = ringFrom(start, destination, sources, destinations)
    if (ring) return ring
  }
  return null
}

function ringFrom(
  start: ReadingSource,
  destination: WritingDestination,
  sources: readonly ReadingSource[],
  destinations: readonly WritingDestination[],
): readonly string[] | null {
  const seen = new Set<number>()
  const follow = (writer: WritingDestination, path: readonly string[]): readonly string[] | null => {
    for (const reader of sources) {
      if (!reader.calendars.includes(writer.calendar)) continue
      if (reader.id === start.id) return [...path, start.name]
      if (seen.has(reader.id)) continue
      seen.add(reader.id)
      for (const next of destinations) {
        if (!next.sourceIds.includes(reader.id)) continue
        const ring = follow(next, [...path, reader.name, next.name])
        if (ring) return ring
      }
    }
    return null
  }
  return follow(destination, [start.name, destination.name])
}
