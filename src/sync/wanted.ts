import { describeObject } from '../core/ical/describe.ts'
import { fingerprint } from '../core/ical/fingerprint.ts'
import type { CalendarObject, Component } from '../core/ical/model.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { pairingSide } from '../core/ical/pairing-key.ts'
import { find, findAll, parameterOf, rawValue } from '../core/ical/property.ts'
import { toUpload } from '../core/ical/upload.ts'
import { isAfter, isFuture, lastEnd } from '../core/ical/window.ts'
import type { Guests } from '../core/items.ts'
import { pairLeftovers } from '../core/pairing.ts'
import type { PushInput, TargetResource, Wanted, WriteOp } from '../core/plan-push.ts'
import type { LastEnd } from '../core/recurrence/occurrences.ts'
import { inSteps, type Steps } from '../core/steps.ts'
import type { EpochMs, Problem } from '../core/types.ts'
import type { KnownResource } from '../store/remote-types.ts'
import type { Upload } from './apply-push.ts'
import type { Remembered, UploadMemo } from './upload-memo.ts'

export interface WantedOptions {
  readonly now: EpochMs
  readonly defaultZone: string
  readonly defineZone: (tzid: string) => Component | null
  readonly guests: Guests
  readonly uploads: UploadMemo
}

/** A feed's objects in the form in which they would be written. */
export interface WantedObjects {
  readonly list: readonly Wanted[]
  /** What had to be mended so that strict servers take it. */
  readonly findings: readonly Problem[]
  readonly isFuture: (wanted: Wanted) => boolean
  /** The text to send, under the object's own UID or another. */
  readonly upload: (op: Pick<WriteOp, 'uid' | 'writeUid'>) => Upload
  /** The events of that text. */
  readonly events: (op: Pick<WriteOp, 'uid' | 'writeUid'>) => readonly Component[]
  readonly pair: PushInput['pair']
}

/** Works out what of each object would be written, as far as that is not remembered. */
export function* wantedObjects(objects: readonly CalendarObject[], options: WantedOptions): Steps<WantedObjects> {
  const byUid = new Map(objects.map((object) => [object.uid, object]))
  const objectOf = (uid: string): CalendarObject => {
    const object = byUid.get(uid)
    if (!object) throw new Error(`No object of the feed has the UID ${uid}`)
    return object
  }
  const { defineZone, guests, uploads, defaultZone } = options
  const toSend = ({ uid, writeUid }: Pick<WriteOp, 'uid' | 'writeUid'>) =>
    toUpload(objectOf(uid), { defineZone, guests, ...(writeUid === uid ? {} : { uid: writeUid }) })
  const findings: Problem[] = []
  const rememberedOf = new Map<string, Remembered>()
  const list: Wanted[] = []
  yield* inSteps(byUid.values(), (object) => {
    const { uid } = object
    const key = uploads.keyOf(object, guests, defaultZone)
    let known = key === undefined ? undefined : uploads.get(key)
    if (known === undefined) {
      const upload = toUpload(object, { defineZone, guests })
      findings.push(...upload.findings)
      known = { subject: detached(describeObject(object)), fingerprint: fingerprint(upload.events) }
      // What has findings is worked out anew each time, so that they are told each time.
      if (key !== undefined && upload.findings.length === 0) uploads.put(key, known)
    }
    rememberedOf.set(uid, known)
    list.push({ uid, subject: known.subject, fingerprint: known.fingerprint })
  })
  const endOf = (uid: string): LastEnd => {
    const known = rememberedOf.get(uid)
    if (known === undefined) return lastEnd(objectOf(uid), options)
    known.lastEnd ??= lastEnd(objectOf(uid), options)
    return known.lastEnd
  }
  return {
    list,
    findings,
    isFuture: (wanted) => isAfter(endOf(wanted.uid), options.now),
    upload(op) {
      const { text, events } = toSend(op)
      return { text, fingerprint: fingerprint(events) }
    },
    events: (op) => toSend(op).events,
    pair(newcomers, leftovers) {
      const byHref = new Map<string, TargetResource>(leftovers.map((resource) => [resource.href, resource]))
      const pairs = pairLeftovers(
        newcomers.map(({ uid }) => pairingSide(uid, toSend({ uid, writeUid: uid }).events)),
        leftovers.map((resource) => pairingSide(resource.href, eventsOf(resource))),
      )
      return new Map(
        [...pairs].flatMap(([uid, href]) => {
          const resource = byHref.get(href)
          return resource ? [[uid, resource]] : []
        }),
      )
    },
  }
}

/** A copy of its own: a part of a string keeps the whole of it in memory, here that of a feed. */
function detached(text: string): string {
  return Buffer.from(text).toString()
}

/** Narrows to resources that hold an event. */
export function holdsEvent(resource: KnownResource): resource is KnownResource & TargetResource {
  return resource.uid !== null
}

/** Whether what lies on the server ends after now. */
export function isResourceFuture(
  resource: TargetResource,
  options: Pick<WantedOptions, 'now' | 'defaultZone'>,
): boolean {
  return readCalendar(resource.text).objects.some((object) => isFuture(object, options.now, options))
}

/**
 * Whether a server that schedules (RFC 6638) may mail guests when this is changed or deleted: the account may be its
 * organizer, and a guest is left to the server. For meetings that others organize servers send nothing on a PUT, and
 * `Schedule-Reply: F` keeps them silent on a DELETE.
 */
export function wouldMail(resource: TargetResource, isOwn: (address: string) => boolean): boolean {
  if (!/^ATTENDEE/im.test(resource.text)) return false
  return eventsOf(resource).some((event) => {
    const organizer = find(event, 'ORGANIZER')
    if (organizer === undefined || !isOwn(rawValue(organizer))) return false
    return findAll(event, 'ATTENDEE').some((guest) => parameterOf(guest, 'SCHEDULE-AGENT')?.toUpperCase() !== 'CLIENT')
  })
}

/**
 * Tells whether a calendar user address may be that of the account: one of those the server names for it, or one like
 * the user name; one that is no mail address cannot be told apart.
 */
export function ownAddress(username: string, named: readonly string[] | null): (address: string) => boolean {
  const known = new Set((named ?? []).map((address) => address.trim().toLowerCase()))
  const user = username.toLowerCase()
  return (address) => {
    const given = address.trim().toLowerCase()
    const mail = /^mailto:(.+)$/.exec(given)?.[1]
    return mail === undefined || known.has(given) || mail === user || localPart(mail) === localPart(user)
  }
}

function localPart(address: string): string {
  return address.split('@', 1)[0] ?? address
}

/** The events that lie in a resource. */
export function eventsOf(resource: Pick<TargetResource, 'text'>): readonly Component[] {
  return readCalendar(resource.text).objects.flatMap((object) => object.events)
}

/** Names the event of a resource for people. */
export function describeResource(resource: Pick<TargetResource, 'href' | 'text'>): string {
  const object = readCalendar(resource.text).objects[0]
  return object ? describeObject(object) : resource.href
}
