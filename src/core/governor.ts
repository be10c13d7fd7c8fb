import type { DeleteOp } from './plan-push.ts'
import type { EpochMs, Href } from './types.ts'

/** A smaller number of deletions is never held for its size alone. */
const ALWAYS_ALLOWED = 5
/** Share of what we own in the calendar that may go in one run. */
const ALLOWED_SHARE = 0.2
/** A feed counts as shrunk when it lost more than this share against its recent runs … */
const SHRUNK_SHARE = 0.5
/** … and had at least this many objects, so that a feed of three may lose two. */
const SHRUNK_FROM = 10
/** The feed has to ask for a deletion this often, over this time, to be believed without a person. */
const BELIEVED_TIMES = 3
const BELIEVED_AFTER_MS = 24 * 60 * 60 * 1000

/** One deletion that waits, and how often the feed has asked for it. */
export interface HeldDeletion {
  readonly href: Href
  readonly uid: string
  /** For people: summary and date. */
  readonly subject: string
  readonly firstSeenAt: EpochMs
  readonly times: number
  /** What a person said of it; it holds until the feed names the event again. */
  readonly answer: 'approved' | 'dismissed' | null
}

export interface GovernorInput {
  readonly deletes: readonly DeleteOp[]
  /** Resources of the target that this destination wrote. */
  readonly ours: number
  /** Objects in the feed now. */
  readonly feedSize: number
  /** Objects in the feed in its last runs that held nothing back. */
  readonly recentFeedSizes: readonly number[]
  /** Deletions that a person lets pass unasked in one run; null: the usual number. */
  readonly limit: number | null
  /** What waited after the last run. */
  readonly waiting: readonly HeldDeletion[]
  readonly now: EpochMs
  /** Names the event of a deletion for people; asked for those that are held. */
  readonly describe: (op: DeleteOp) => string
}

export interface GovernorVerdict {
  readonly allowed: readonly DeleteOp[]
  readonly held: readonly DeleteOp[]
  /** Not carried out, because a person said so. */
  readonly dismissed: readonly DeleteOp[]
  /** One clause saying why deletions are held; null where none is. */
  readonly reason: string | null
  /**
   * To be remembered for the next run. Holds what is allowed after a wait as well, so that a run that is cut off does
   * not make it wait anew; what was carried out is no longer planned then, and drops out.
   */
  readonly remember: readonly HeldDeletion[]
}

/**
 * Holds deletions that look like an accident (design rule 7). A deletion passes when nothing is suspicious and it has
 * not been held before, when a person approved it, or when the feed has asked for it three times over 24 hours, so
 * that a calendar that really ended drains by itself. What a person dismissed stays.
 */
export function govern(input: GovernorInput): GovernorVerdict {
  const suspicious = suspicion(input)
  const before = new Map(input.waiting.map((waiting) => [waiting.href, waiting]))
  const allowed: DeleteOp[] = []
  const held: DeleteOp[] = []
  const dismissed: DeleteOp[] = []
  const remember: HeldDeletion[] = []
  for (const op of input.deletes) {
    const { href } = op.resource
    const waited = before.get(href)
    if (suspicious === null && (waited === undefined || (isWithinLimit(input) && waited.answer === null))) {
      allowed.push(op)
      continue
    }
    const entry: HeldDeletion = {
      href,
      uid: op.uid,
      subject: waited?.subject ?? input.describe(op),
      firstSeenAt: waited?.firstSeenAt ?? input.now,
      times: (waited?.times ?? 0) + 1,
      answer: waited?.answer ?? null,
    }
    remember.push(entry)
    if (entry.answer === 'dismissed') dismissed.push(op)
    else if (entry.answer === 'approved' || isBelieved(entry, input.now)) allowed.push(op)
    else held.push(op)
  }
  const reason = held.length === 0 ? null : (suspicious ?? 'they were held before and have not been confirmed yet')
  return { allowed, held, dismissed, reason, remember }
}

function isBelieved(entry: HeldDeletion, now: EpochMs): boolean {
  return entry.times >= BELIEVED_TIMES && now - entry.firstSeenAt >= BELIEVED_AFTER_MS
}

/** A person said beforehand that so many may go. */
function isWithinLimit({ deletes, limit, feedSize }: GovernorInput): boolean {
  return feedSize > 0 && deletes.length <= (limit ?? 0)
}

function suspicion(input: GovernorInput): string | null {
  const { deletes, ours, feedSize, recentFeedSizes } = input
  if (deletes.length === 0) return null
  if (feedSize === 0) return 'the feed holds no event at all'
  if (isWithinLimit(input)) return null
  const usual = Math.max(0, ...recentFeedSizes)
  if (usual >= SHRUNK_FROM && feedSize < usual * (1 - SHRUNK_SHARE)) {
    return `the feed shrank from ${usual} to ${feedSize} events`
  }
  const allowed = Math.max(ALWAYS_ALLOWED, input.limit ?? 0, Math.floor(ours * ALLOWED_SHARE))
  if (deletes.length > allowed) return `${deletes.length} deletions are more than the ${allowed} allowed at once`
  return null
}
