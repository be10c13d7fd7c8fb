/** A link is how one reader reaches one feed. Field names are those of the API. */
import type { Rule } from './rules/rule.ts'
import type { EpochMs } from './types.ts'

/** The contract's three addresses of a source, and those people make beside them. */
export const LINK_KINDS = ['main', 'public', 'path', 'own'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** How events show which source they are from. */
export const MARKS = ['none', 'category', 'prefix'] as const
export type Mark = (typeof MARKS)[number]

export interface LinkOptions {
  /** For the owner: who has it. Readers never see it. */
  readonly label: string
  /** What readers see as the calendar's name; null: the names of its sources. */
  readonly name: string | null
  readonly paused: boolean
  /** Null: never. */
  readonly expires_at: EpochMs | null
  /** How old a feed may be before a reader waits for a fresh one; null: the interval of its sources. */
  readonly freshness_secs: number | null
  readonly mark: Mark
  readonly rules: readonly Rule[]
}

export interface NewLink extends LinkOptions {
  readonly path: string
  /** Open without login. */
  readonly is_public: boolean
  readonly source_ids: readonly number[]
}

export interface Link extends NewLink {
  readonly id: number
  readonly kind: LinkKind
  /** Never shown: makes the UIDs of its busy events. */
  readonly salt: string
  readonly created_at: EpochMs
}

/** False where it serves the very bytes of its one source. */
export function hasOwnFeed({ kind, name, mark, rules }: Pick<Link, 'kind' | 'name' | 'mark' | 'rules'>): boolean {
  return kind === 'own' || name !== null || mark !== 'none' || rules.length > 0
}

/** What a reader finds at an address now. */
export type LinkState = 'active' | 'paused' | 'expired' | 'empty'

export function linkState(
  { paused, expires_at, source_ids }: Pick<Link, 'paused' | 'expires_at' | 'source_ids'>,
  now: EpochMs,
): LinkState {
  if (expires_at !== null && expires_at <= now) return 'expired'
  if (source_ids.length === 0) return 'empty'
  return paused ? 'paused' : 'active'
}
