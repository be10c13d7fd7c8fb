/** What is remembered of a calendar so that the next read may ask for changes alone. Tokens only accelerate (pitfall R9). */
import type { ChangeMarks, Changes, CompleteListing, ResourceRef } from './remote.ts'
import type { EpochMs, Href } from './types.ts'

export interface CalendarState {
  /** From the last read; null: the next read lists everything. */
  readonly syncToken: string | null
  /** What the server said of the calendar just before the last read; null where not everything could be read then. */
  readonly marks: ChangeMarks | null
  /** When it said so first. */
  readonly marksSince: EpochMs
  /**
   * The last read listed everything, or named no change. After one that named some, another has to say that this was all:
   * servers that do not know a token name what is there, and not what is gone.
   */
  readonly settled: boolean
  /** When it was last asked for changes or listed. */
  readonly lookedAt: EpochMs
  /** When everything was last listed. */
  readonly fullAt: EpochMs
}

/** A calendar is listed completely at least this often, whatever its tokens say. */
const FULL_EVERY_MS = 24 * 60 * 60 * 1000
/** Share of the known resources, and of the answer, that may come unchanged before it looks like a list of everything. */
const REPEATED_SHARE = 0.5

/** The token to ask with; null where everything is to be listed. */
export function usableToken(state: CalendarState | null, now: EpochMs): string | null {
  return isRecent(state, now) ? (state?.syncToken ?? null) : null
}

/** Whether everything was listed within the last day. */
export function isRecent(state: CalendarState | null, now: EpochMs): boolean {
  const age = state === null ? -1 : now - state.fullAt
  return age >= 0 && age < FULL_EVERY_MS
}

/** Within this time a mark that is a clock of whole seconds may miss a change (SOGo; pitfall R10). */
const MARK_RESOLUTION_MS = 2000
/** Seconds or milliseconds since 1970, and nothing else that could move. */
const CLOCK_MARK = /^\D*\d{9,13}\D*$/

/**
 * Whether the calendar is as it was at the last read, told by its marks alone. Never for more than a day, never where
 * something could not be read, and of a mark that is a clock only once it was seen to stand still.
 */
export function isUnchanged(state: CalendarState | null, marks: ChangeMarks | undefined, now: EpochMs): boolean {
  if (state === null || state.marks === null || !state.settled || marks === undefined) return false
  const hasMark = marks.ctag !== null || marks.syncToken !== null
  if (!isRecent(state, now) || !hasMark || !isSameMarks(state.marks, marks)) return false
  const isTimed = [marks.ctag, marks.syncToken].some((mark) => mark !== null && isClock(mark))
  return !isTimed || state.lookedAt - state.marksSince >= MARK_RESOLUTION_MS
}

/** Whether a mark or token is a clock, and so moves without a change, or stands still over one (SOGo). */
export function isClock(mark: string): boolean {
  return CLOCK_MARK.test(mark)
}

function isSameMarks(one: ChangeMarks, other: ChangeMarks): boolean {
  return one.ctag === other.ctag && one.syncToken === other.syncToken
}

/**
 * Whether an answer to a token calls for a complete listing (servers.md section 9): something known is said to be gone;
 * nothing changed although the calendar's marks moved, as after a restored backup; or so much comes unchanged that the
 * token was not understood and the deletions are missing.
 */
export function isDoubtful<Known extends ResourceRef>(
  changes: Changes,
  known: readonly Known[],
  state: CalendarState,
  marks: ChangeMarks | undefined,
  keyOf: (href: Href) => string,
): boolean {
  const etags = new Map(known.map(({ href, etag }) => [keyOf(href), etag]))
  if (changes.removed.some((href) => etags.has(keyOf(href)))) return true
  const repeated = changes.changed.filter(({ href, etag }) => {
    const before = etags.get(keyOf(href))
    // Without ETags every known one may be a repetition.
    return before !== undefined && (etag === null || before === etag)
  }).length
  // Of a calendar made anew little is known, so the share of the answer counts too; one alone may just be said twice.
  const named = changes.changed.length
  const isMost = repeated >= known.length * REPEATED_SHARE || (named > 1 && repeated >= named * REPEATED_SHARE)
  if (repeated > 0 && isMost) return true
  if (changes.changed.length > 0 || marks === undefined) return false
  const ctagBefore = state.marks?.ctag ?? null
  const ctagMoved = marks.ctag !== null && ctagBefore !== null && marks.ctag !== ctagBefore
  const tokenMoved =
    marks.syncToken !== null && marks.syncToken !== state.syncToken && marks.syncToken !== changes.syncToken
  return ctagMoved || tokenMoved
}

/**
 * What to remember after a read. Where something could not be read, everything is listed next time: a server names a
 * change once only.
 */
export function nextState(
  read: CompleteListing | Changes,
  before: CalendarState | null,
  marks: ChangeMarks | undefined,
  allRead: boolean,
  now: EpochMs,
): CalendarState {
  const seen = allRead ? (marks ?? null) : null
  return {
    syncToken: allRead ? (read.syncToken ?? null) : null,
    marks: seen,
    marksSince: before?.marks && seen && isSameMarks(before.marks, seen) ? before.marksSince : now,
    settled: read.complete || (read.changed.length === 0 && read.removed.length === 0),
    lookedAt: now,
    fullAt: read.complete ? now : (before?.fullAt ?? now),
  }
}
