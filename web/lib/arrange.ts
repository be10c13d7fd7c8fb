import { parseMoment, parseStamp } from './format.ts'
import { type State, stateOf, states } from './state.ts'
import type { Item } from './types.ts'

export const orders = ['added', 'name', 'state', 'last', 'next'] as const
export type Order = (typeof orders)[number]

export const filters = ['all', 'held', 'error', 'ok', 'never', 'paused'] as const
export type Filter = (typeof filters)[number]

/** What of a list is shown, and in which order. */
export interface Arrangement {
  readonly search: string
  readonly order: Order
  readonly filter: Filter
}

export const everything: Arrangement = { search: '', order: 'added', filter: 'all' }

/** `words`: what a search looks through; every word typed must occur. */
export function arrange<Shown extends Item>(
  items: readonly Shown[],
  { search, order, filter }: Arrangement,
  words: (item: Shown) => string,
): Shown[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = items.filter((item) => {
    const text = words(item).toLowerCase()
    const fits = filter === 'all' || (stateOf(item, false) satisfies State) === filter
    return fits && wanted.every((word) => text.includes(word))
  })
  return order === 'added' ? shown : shown.toSorted(comparers[order])
}

const lastRun = (item: Item) => parseMoment(item.last_attempt_at) ?? parseStamp(item.last_synced) ?? 0
const nextRun = (item: Item) => parseMoment(item.next_run_at) ?? Number.MAX_SAFE_INTEGER
const place = (item: Item) => states.indexOf(stateOf(item, false))

const comparers: Readonly<Record<Exclude<Order, 'added'>, (a: Item, b: Item) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name),
  state: (a, b) => place(a) - place(b) || a.name.localeCompare(b.name),
  last: (a, b) => lastRun(b) - lastRun(a),
  next: (a, b) => nextRun(a) - nextRun(b),
}
