import fc from 'fast-check'
import type { FaultKind, Quirks } from '../fakes/memory-calendar.ts'
import type { Step } from './push-world.ts'

const name = fc.constantFrom('ada', 'bob', 'cid', 'dee', 'eva', 'fox', 'gus', 'hal')
const edition = fc.integer({ min: 1, max: 3 })

/** The feed alone changes. */
export const feedChange: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('feed-put' as const), name, edition }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('feed-remove' as const), name }) },
)

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: feedChange },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('feed-renames' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other-adds' as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('other-edits' as const), name, edition }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other-removes' as const), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('raced-sync' as const),
      call: fc.integer({ min: 1, max: 8 }),
      name,
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

export const quirks: fc.Arbitrary<Quirks> = fc.record({
  rewrites: fc.boolean(),
  silentPut: fc.boolean(),
  noEtags: fc.boolean(),
  restlessEtags: fc.boolean(),
  tokens: fc.constantFrom('none', 'right', 'lists-all'),
})

/** How many histories, and from which seed: the defaults are those of `npm test`. */
export function histories(usual: number): { numRuns: number; seed?: number } {
  const { HISTORIES, SEED } = process.env
  return { numRuns: Number(HISTORIES ?? usual), ...(SEED ? { seed: Number(SEED) } : {}) }
}
