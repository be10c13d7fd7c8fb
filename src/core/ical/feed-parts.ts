/** A feed in the pieces it is made of, and as bytes. */
import { EVENTS_A_STEP, type Steps } from '../steps.ts'
import type { Problem } from '../types.ts'
import { FEED_END, MODIFIED_LENGTH, modifiedLine, START } from './feed-header.ts'
import type { Component } from './model.ts'

/** The events of one UID. */
export interface FeedPart {
  readonly uid: string
  /** How many VEVENTs. */
  readonly events: number
  readonly tzids: readonly string[]
  /** The least and the greatest year that their dates name; null where they name none. */
  readonly years: readonly [number, number] | null
  /** As they stand in the feed: text, or the bytes of the feed before. */
  readonly content: string | Uint8Array
  /** As trees, where they had to be written; null where they came as they stand. */
  readonly trees: readonly Component[] | null
}

export interface MergedFeed {
  /** Strict iCalendar text, without LAST-MODIFIED; made where it is asked for. */
  readonly text: string
  /** Everything before the events, without LAST-MODIFIED. */
  readonly head: string
  readonly parts: readonly FeedPart[]
  /** How many VEVENTs it holds. */
  readonly events: number
  readonly findings: readonly Problem[]
}

export interface PartPlaces {
  /** Where the content of each part begins. */
  readonly starts: readonly number[]
  /** Where that of the last one ends. */
  readonly end: number
}

export interface FeedBytes extends PartPlaces {
  /** UTF-8, with LAST-MODIFIED. */
  readonly body: Buffer
}

/** A feed with these events after this head. */
export function feedOf(head: string, parts: readonly FeedPart[], findings: readonly Problem[]): MergedFeed {
  return {
    get text() {
      return head + parts.map(partText).join('') + FEED_END
    },
    head,
    parts,
    events: parts.reduce((sum, part) => sum + part.events, 0),
    findings,
  }
}

export function partText({ content }: FeedPart): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}

/** The bytes to serve, with the moment (milliseconds since 1970) at which they last changed. */
export function feedBytes({ head, parts }: MergedFeed, moment: number): FeedBytes {
  const stamped = START + modifiedLine(moment) + head.slice(START.length)
  const length = parts.reduce((sum, part) => sum + sizeOf(part.content), sizeOf(stamped) + FEED_END.length)
  const body = Buffer.allocUnsafeSlow(length)
  let at = put(body, stamped, 0)
  const starts = parts.map(({ content }) => {
    const start = at
    at += put(body, content, at)
    return start
  })
  put(body, FEED_END, at)
  return { body, starts, end: at }
}

/** Whether each part stands where it is to stand, byte for byte. */
export function* holdsParts(
  { body, starts }: Pick<FeedBytes, 'body' | 'starts'>,
  parts: readonly FeedPart[],
): Steps<boolean> {
  const longest = parts.reduce((length, { content }) => Math.max(length, content.length), 0)
  const written = Buffer.allocUnsafe(longest * MOST_BYTES_EACH)
  for (const [index, { content }] of parts.entries()) {
    const start = starts[index] ?? 0
    // Half a character would be written as another one.
    if (typeof content === 'string' && !content.isWellFormed()) return false
    const bytes = typeof content === 'string' ? written.subarray(0, written.write(content)) : content
    if (Buffer.compare(body.subarray(start, start + bytes.length), bytes) !== 0) return false
    if (index % EVENTS_A_STEP === 0) yield
  }
  return true
}

/** Of a UTF-16 code unit in UTF-8. */
const MOST_BYTES_EACH = 3

function sizeOf(content: string | Uint8Array): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.length
}

function put(body: Buffer, content: string | Uint8Array, at: number): number {
  if (typeof content === 'string') return body.write(content, at)
  body.set(content, at)
  return content.length
}

/** Whether two feeds differ in nothing but their LAST-MODIFIED. */
export function isSameContent(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [one, other].map(contentOf)
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0
}

/** What follows the first lines, which are the same in each feed of ours; undefined where it is no feed of ours. */
function contentOf(body: Uint8Array): Uint8Array | undefined {
  const beginning = Buffer.from(body.subarray(0, START.length + MODIFIED_LENGTH)).toString()
  if (!beginning.startsWith(START)) return undefined
  const isStamped = beginning.startsWith('LAST-MODIFIED:', START.length)
  return body.subarray(START.length + (isStamped ? MODIFIED_LENGTH : 0))
}
