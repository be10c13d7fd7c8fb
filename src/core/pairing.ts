/** What of an object tells it apart where its UID does not (pitfall I7). */
export interface PairingSide {
  readonly key: string
  /** Start and end as written, with the zone they mean. */
  readonly start: string
  readonly end: string
  readonly summary: string
  readonly location: string
  /** Recurrence rules and dates; empty for a single event. */
  readonly rule: string
}

/** Shares of a feed that make its UIDs count as unstable: fewer may be events that were entered anew. */
const UNSTABLE_SHARE = 0.5
const UNSTABLE_FROM = 3

/**
 * Pairs objects that came under new UIDs with those that went: first by all their content, equal ones in their order,
 * then by start and summary where both are unique on both sides. A series is never paired with a single event.
 * Deterministic, in linear time. Gives the leftover's key by the newcomer's.
 */
export function pairLeftovers(
  newcomers: readonly PairingSide[],
  leftovers: readonly PairingSide[],
): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  const taken = new Set<string>()
  const take = (newcomer: PairingSide, leftover: PairingSide) => {
    pairs.set(newcomer.key, leftover.key)
    taken.add(leftover.key)
  }
  const byContent = grouped(leftovers, content)
  for (const newcomer of newcomers) {
    const leftover = byContent.get(content(newcomer))?.shift()
    if (leftover) take(newcomer, leftover)
  }
  const free = grouped(
    leftovers.filter(({ key }) => !taken.has(key)),
    startAndSummary,
  )
  const unpaired = grouped(
    newcomers.filter(({ key }) => !pairs.has(key)),
    startAndSummary,
  )
  for (const [key, [newcomer, another]] of unpaired) {
    const [leftover, other] = free.get(key) ?? []
    if (newcomer && leftover && !another && !other) take(newcomer, leftover)
  }
  return pairs
}

/** Whether a feed gives its events new UIDs: most of what came new was known by its content, and most of the feed came new. */
export function isUnstable(newcomers: number, paired: number, feedSize: number): boolean {
  return paired >= UNSTABLE_FROM && paired > newcomers * UNSTABLE_SHARE && paired > feedSize * UNSTABLE_SHARE
}

function content(side: PairingSide): string {
  return [side.start, side.end, side.summary, side.location, side.rule].join('\n')
}

function startAndSummary(side: PairingSide): string {
  return [side.start, side.summary, side.rule === '' ? 'single' : 'series'].join('\n')
}

function grouped(sides: readonly PairingSide[], keyOf: (side: PairingSide) => string): Map<string, PairingSide[]> {
  const groups = new Map<string, PairingSide[]>()
  for (const side of sides) {
    const group = groups.get(keyOf(side))
    if (group) group.push(side)
    else groups.set(keyOf(side), [side])
  }
  return groups
}
