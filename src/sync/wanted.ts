import { describeObject } from '../core/ical/describe.ts'
import { fingerprint } from '../core/ical/fingerprint.ts'
import type { CalendarObject, Component } from '../core/ical/model.ts'
import { readCalendar } from '../core/ical/objects.ts'
import { find, findAll, parameterOf, rawValue } from '../core/ical/property.ts'
import { toUpload } from '../core/ical/upload.ts'
import { isFuture } from '../core/ical/window.ts'
import type { TargetResource, Wanted } from '../core/plan-push.ts'
import type { EpochMs, Problem } from '../core/types.ts'
import type { KnownResource } from '../store/types.ts'
import type { Upload } from './apply-push.ts'

export interface WantedOptions {
  readonly now: EpochMs
  readonly defaultZone: string
  readonly defineZone: (tzid: string) => Component | null
  readonly aliasOf: (uid: string) => string
}

/** A feed's objects in the form in which they would be written. */
export interface WantedObjects {
  readonly list: readonly Wanted[]
  /** What had to be mended so that strict servers take it. */
  readonly findings: readonly Problem[]
  readonly isFuture: (wanted: Wanted) => boolean
  /** The text to send, under the object's own UID or under its alias. */
  readonly upload: (uid: string, alias: boolean) => Upload
}

export function wantedObjects(objects: readonly CalendarObject[], options: WantedOptions): WantedObjects {
  const byUid = new Map(objects.map((object) => [object.uid, object]))
  const objectOf = (uid: string): CalendarObject => {
    const object = byUid.get(uid)
    if (!object) throw new Error(`No object of the feed has the UID ${uid}`)
    return object
  }
  const { defineZone } = options
  const findings: Problem[] = []
  const list = [...byUid.values()].map((object) => {
    const upload = toUpload(object, { defineZone })
    findings.push(...upload.findings)
    return { uid: object.uid, subject: describeObject(object), fingerprint: fingerprint(upload.events) }
  })
  return {
    list,
    findings,
    isFuture: (wanted) => isFuture(objectOf(wanted.uid), options.now, options),
    upload(uid, alias) {
      const { text, events } = toUpload(
        objectOf(uid),
        alias ? { defineZone, uid: options.aliasOf(uid) } : { defineZone },
      )
      return { text, fingerprint: fingerprint(events) }
    },
  }
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
export function wouldMail(resource: TargetResource, username: string): boolean {
  if (!/^ATTENDEE/im.test(resource.text)) return false
  const events = readCalendar(resource.text).objects.flatMap((object) => object.events)
  return events.some((event) => {
    const organizer = find(event, 'ORGANIZER')
    if (organizer === undefined || !mayBe(rawValue(organizer), username)) return false
    return findAll(event, 'ATTENDEE').some((guest) => parameterOf(guest, 'SCHEDULE-AGENT')?.toUpperCase() !== 'CLIENT')
  })
}

/** Whether a calendar user address may be that of a user; one that is no mail address cannot be told apart. */
function mayBe(address: string, username: string): boolean {
  const mail = /^mailto:(.+)$/i.exec(address.trim())?.[1]?.toLowerCase()
  if (mail === undefined) return true
  const user = username.toLowerCase()
  return mail === user || localPart(mail) === localPart(user)
}

function localPart(address: string): string {
  return address.split('@', 1)[0] ?? address
}

/** Names the event of a resource for people. */
export function describeResource(resource: TargetResource): string {
  const object = readCalendar(resource.text).objects[0]
  return object ? describeObject(object) : resource.href
}
