import type { Destination } from './types.ts'

/** What a destination removes from its calendar, as one choice of three. */
export const removals = ['nothing', 'own', 'mirror'] as const
export type Removal = (typeof removals)[number]

type Fields = Pick<Destination, 'keep_local' | 'remove_dropped'>

export function removalOf({ keep_local, remove_dropped }: Fields): Removal {
  if (!keep_local) return 'mirror'
  return remove_dropped ? 'own' : 'nothing'
}

export function removalFields(removal: Removal): Fields {
  return { keep_local: removal !== 'mirror', remove_dropped: removal === 'own' }
}
