import type { run } from '../texts.ts'

/** Counts of a run or a plan, as the API names them. */
type Counts = Readonly<Partial<Record<string, number>>>

/** What a run or a plan counted, by the name of its word in the texts. */
export interface Counted {
  readonly name: keyof typeof run.count
  readonly count: number
}

/** In the order in which they are told; the first of these names that a run knows is taken. */
const told: readonly (readonly [name: Counted['name'], keys: readonly string[], always: boolean])[] = [
  ['events', ['events'], true],
  ['calendars', ['calendars'], true],
  ['fetched', ['fetched'], true],
  ['undone', ['undone'], true],
  ['created', ['created', 'create'], true],
  ['updated', ['updated', 'update'], true],
  ['deleted', ['deleted', 'delete'], true],
  ['unchanged', ['skipped', 'unchanged'], true],
  ['failed', ['failed'], false],
  ['held', ['held'], false],
  ['refused', ['refused'], false],
  ['guarded', ['guarded'], false],
  ['edited', ['edited'], false],
  ['declined', ['declined'], false],
  ['dismissed', ['dismissed'], false],
  ['past', ['past'], false],
  ['archived', ['archived'], false],
  ['foreign', ['foreign'], false],
]

/** The counts of a run that people want to know: what it did always, what it left alone where there was any. */
export function countsOf(counts: Counts): Counted[] {
  const listed = told.flatMap(([name, keys, always]): Counted[] => {
    const key = keys.find((each) => counts[each] !== undefined)
    const count = key === undefined ? undefined : counts[key]
    return count === undefined || (count === 0 && !always) ? [] : [{ name, count }]
  })
  const { uploaded, created } = counts
  if (uploaded === undefined || created !== undefined) return listed
  return [{ name: 'written', count: uploaded }, ...listed]
}

/** How many events a run changed, read anew or took back. */
export function changesIn(counts: Counts): number {
  const { uploaded = 0, deleted = 0, fetched = 0, undone = 0 } = counts
  return uploaded + deleted + fetched + undone
}
