import { createHash } from 'node:crypto'
import { toSyncError } from '../core/errors.ts'
import { describeObject } from '../core/ical/describe.ts'
import { fingerprint } from '../core/ical/fingerprint.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { type ReadCalendar, readCalendar } from '../core/ical/objects.ts'
import type { Resource } from '../core/remote.ts'
import type { Fingerprint, Href, Problem } from '../core/types.ts'
import type { KnownResource } from '../store/remote-types.ts'

export interface ObserveOptions {
  /** Recognises resources that this destination created, also those a crash kept us from remembering. */
  readonly isOwn?: (uid: string, href: Href) => boolean
  /** Whether fingerprints are needed: by a destination, which asks who wrote an event last and makes no feed of what it reads. */
  readonly fingerprints: boolean
}

/** What a resource holds, or why it cannot be read. */
export type Observed =
  | {
      readonly known: KnownResource
      readonly objects: readonly CalendarObject[]
      readonly findings: readonly Problem[]
    }
  | { readonly problem: Problem }

/**
 * Turns what lies at an href into what we remember of it. That the server still holds the result of our own write is
 * believed while its content reads as it did right after the write, or does so again (design rule 2).
 */
export function observe(
  resource: Resource,
  previous: KnownResource | undefined,
  options: ObserveOptions = { fingerprints: true },
): Observed {
  let calendar: ReadCalendar
  try {
    calendar = readCalendar(resource.text)
  } catch (thrown) {
    const error = toSyncError(thrown)
    const uid = /^UID[^:\r\n]*:(.+)$/im.exec(resource.text)?.[1]?.trim()
    return {
      problem: {
        code: 'resource-unreadable',
        subject: resource.href,
        ...(uid === undefined ? {} : { uid }),
        message: `The event at ${resource.href} could not be read: ${error.message}`,
      },
    }
  }
  const uid = calendar.objects[0]?.uid ?? null
  const current = options.fingerprints ? currentOf(calendar, resource.text) : null
  const base = previous && baseOf(previous)
  return {
    known: {
      href: resource.href,
      etag: resource.etag,
      uid,
      current,
      ...(previous?.feedUid === undefined ? {} : { feedUid: previous.feedUid }),
      ...(base && base.held === current ? { sent: base.sent } : { sent: null, ...(base && { base }) }),
      owned: previous?.owned ?? (uid !== null && options.isOwn?.(uid, resource.href) === true),
      text: resource.text,
    },
    objects: calendar.objects,
    findings: findingsOf(resource, calendar),
  }
}

function currentOf({ objects }: ReadCalendar, text: string): Fingerprint {
  return objects.length === 0
    ? (createHash('sha256').update(text).digest('base64url') as Fingerprint)
    : fingerprint(objects.flatMap(({ events }) => events))
}

/** What we wrote last and how it read then, also where an edit has come over it since. */
function baseOf({ sent, current, base }: KnownResource): KnownResource['base'] {
  return sent === null ? base : { sent, held: current ?? sent }
}

/** What was found in one resource, each finding naming its event: a resource is one object, or nearly always. */
function findingsOf(resource: Resource, calendar: ReadCalendar): readonly Problem[] {
  const [object] = calendar.objects
  if (!object || (calendar.findings.length === 0 && resource.mended !== true)) return calendar.findings
  const subject = describeObject(object)
  const { uid } = object
  const named = calendar.findings.map((finding) =>
    finding.uid === undefined ? { ...finding, subject, uid, message: `${subject}: ${finding.message}` } : finding,
  )
  if (resource.mended !== true) return named
  const message = `${subject} holds characters that cannot be sent as XML; they were left out. Edit and save the event to remove them for good.`
  const change = { before: 'characters that XML forbids', after: '' }
  return [...named, { code: 'forbidden-characters', subject, uid, message, ...change, repaired: true }]
}
