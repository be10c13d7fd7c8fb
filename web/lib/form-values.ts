import { form } from '../texts.ts'
import { splitInterval } from './format.ts'
import type { CreateDestination, CreateSource, Destination, Source, UpdateDestination, UpdateSource } from './types.ts'

/** Three number boxes, as typed. */
export interface IntervalValues {
  readonly hours: string
  readonly minutes: string
  readonly seconds: string
}

export interface SourceValues {
  readonly name: string
  readonly caldav_url: string
  readonly username: string
  readonly password: string
  readonly ics_path: string
  readonly interval: IntervalValues
  readonly public_ics: boolean
  readonly public_ics_path: string
}

export interface DestinationValues {
  readonly name: string
  readonly ics_url: string
  readonly caldav_url: string
  readonly calendar_name: string
  readonly username: string
  readonly password: string
  readonly interval: IntervalValues
  readonly sync_all: boolean
  readonly keep_local: boolean
}

function intervalValues(total: number): IntervalValues {
  const { hours, minutes, seconds } = splitInterval(total)
  return { hours: String(hours), minutes: String(minutes), seconds: String(seconds) }
}

/** True where all three boxes hold whole numbers from 0 up; an empty box counts as 0. */
export function isInterval(values: IntervalValues): boolean {
  return [values.hours, values.minutes, values.seconds].every((text) => /^\d{0,9}$/.test(text.trim()))
}

export function intervalSeconds(values: IntervalValues): number {
  return Number(values.hours) * 3600 + Number(values.minutes) * 60 + Number(values.seconds)
}

const hour = intervalValues(3600)

export const newSource: SourceValues = {
  name: '',
  caldav_url: '',
  username: '',
  password: '',
  ics_path: '',
  interval: hour,
  public_ics: false,
  public_ics_path: '',
}

export const newDestination: DestinationValues = {
  name: '',
  ics_url: '',
  caldav_url: '',
  calendar_name: '',
  username: '',
  password: '',
  interval: hour,
  sync_all: true,
  keep_local: true,
}

export function sourceValues(source: Source): SourceValues {
  return {
    name: source.name,
    caldav_url: source.caldav_url,
    username: source.username,
    password: '',
    ics_path: source.ics_path,
    interval: intervalValues(source.sync_interval_secs),
    public_ics: source.public_ics,
    public_ics_path: source.public_ics_path ?? '',
  }
}

export function destinationValues(destination: Destination): DestinationValues {
  return {
    name: destination.name,
    ics_url: destination.ics_url,
    caldav_url: destination.caldav_url,
    calendar_name: destination.calendar_name,
    username: destination.username,
    password: '',
    interval: intervalValues(destination.sync_interval_secs),
    sync_all: destination.sync_all,
    keep_local: destination.keep_local,
  }
}

/** A copy to begin with: an address of its own, and the password to be entered. */
export function sourceLike(source: Source): SourceValues {
  return {
    ...sourceValues(source),
    name: form.copyOf(source.name),
    ics_path: `${source.ics_path}-copy`,
    public_ics: false,
    public_ics_path: '',
  }
}

export function destinationLike(destination: Destination): DestinationValues {
  return { ...destinationValues(destination), name: form.copyOf(destination.name) }
}

/** What a destination is told beside what its form holds. */
export function optionsOf({ remove_dropped, local_edits, guests, create_calendar, delete_limit, rules }: Destination) {
  return { remove_dropped, local_edits, guests, create_calendar, delete_limit, rules }
}

export function sourceBody({ interval, ...values }: SourceValues): CreateSource {
  return {
    ...values,
    sync_interval_secs: intervalSeconds(interval),
    public_ics_path: values.public_ics ? values.public_ics_path : null,
  }
}

export function destinationBody({ interval, ...values }: DestinationValues): CreateDestination {
  return { ...values, sync_interval_secs: intervalSeconds(interval) }
}

/**
 * What an update sends: only what differs. So an address that is shown with its login masked is not sent back masked,
 * and an edit made elsewhere to another field is not undone. An empty password is no difference.
 */
export function sourceChanges(before: Source, values: SourceValues): UpdateSource {
  return changes<CreateSource>(sourceBody(sourceValues(before)), sourceBody(values))
}

export function destinationChanges(before: Destination, values: DestinationValues): UpdateDestination {
  return changes<CreateDestination>(destinationBody(destinationValues(before)), destinationBody(values))
}

function changes<Body extends object>(before: Body, after: Body): Partial<Body> {
  const result: Partial<Body> = {}
  for (const key of Object.keys(after) as (keyof Body)[]) if (after[key] !== before[key]) result[key] = after[key]
  return result
}
