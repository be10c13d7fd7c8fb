/** What the two wizards collect, and what they make of it. */
import { type IntervalValues, intervalSeconds, newSource } from './form-values.ts'
import type { PresetId } from './presets.ts'
import { slug } from './public-path.ts'
import type { CreateDestination, CreateSource, Discovery, FoundCalendar, Kind } from './types.ts'

export interface AccountValues {
  readonly preset: PresetId
  readonly caldav_url: string
  readonly username: string
  readonly password: string
}

export interface SourceDetails {
  readonly name: string
  readonly ics_path: string
  readonly interval: IntervalValues
  readonly public_ics: boolean
  readonly public_ics_path: string
}

export interface SourceDraft {
  readonly account: AccountValues
  /** Null: all, those made later as well. */
  readonly calendars: readonly string[] | null
  readonly details: SourceDetails
}

export type FeedWay = 'address' | 'file' | 'source'

export interface FeedValues {
  readonly way: FeedWay
  readonly address: string
  /** What an uploaded file is named by. */
  readonly file: string
  /** The number of the source, as the list of choices has it; empty: none is chosen. */
  readonly source: string
}

export interface TargetValues {
  /** The address of the calendar; null: a new one. Empty: none is chosen. */
  readonly calendar: string | null
  readonly new_name: string
  readonly name: string
  readonly interval: IntervalValues
  readonly sync_all: boolean
}

export type Removal = 'dropped' | 'nothing' | 'mirror'

export interface DestinationDraft {
  readonly feed: FeedValues
  readonly account: AccountValues
  readonly target: TargetValues
  readonly removal: Removal
}

const noAccount: AccountValues = { preset: 'other', caldav_url: '', username: '', password: '' }

export const blankSource: SourceDraft = {
  account: noAccount,
  calendars: null,
  details: { name: '', ics_path: '', interval: newSource.interval, public_ics: false, public_ics_path: '' },
}

export const blankDestination: DestinationDraft = {
  feed: { way: 'address', address: '', file: '', source: '' },
  account: noAccount,
  target: { calendar: '', new_name: '', name: '', interval: newSource.interval, sync_all: true },
  removal: 'dropped',
}

/** Differs where another look at the server is due. */
export function accountKey({ caldav_url, username, password }: AccountValues): string {
  return JSON.stringify([caldav_url.trim(), username, password])
}

/** Whether what a look found is enough to go on with. An account without a calendar yet can still be given one. */
export function isEnough(kind: Kind, { calendars, stages }: Discovery): boolean {
  if (calendars.length > 0) return true
  return kind === 'destination' && stages.some(({ stage, state }) => stage === 'home' && state === 'ok')
}

/** `all` with one calendar more or less. Unticking one of all ends "those made later as well". */
export function ticked(chosen: readonly string[] | null, all: readonly string[], url: string): readonly string[] {
  const now = chosen ?? all
  return now.includes(url)
    ? now.filter((each) => each !== url)
    : all.filter((each) => each === url || now.includes(each))
}

/** What is still there of a choice that was made at an earlier look; nothing left of it: all. */
export function stillThere(chosen: readonly string[] | null, all: readonly string[]): readonly string[] | null {
  const left = chosen?.filter((url) => all.includes(url)) ?? []
  return left.length > 0 ? left : null
}

/** A path for the feed made from its name that no other feed has. */
export function freePath(name: string, taken: ReadonlySet<string>): string {
  const stem = slug(name)
  if (stem === '') return ''
  const first = stem === 'public' ? 'public-calendar' : stem
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? first : `${first}-${number}`
    if (!taken.has(path)) return path
  }
}

function lastSegment(url: string): string {
  const segment = url.replace(/\/+$/, '').split('/').pop() ?? ''
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** What a destination calls a calendar: its name, where no other calendar could be meant, else the end of its address. */
export function targetName(calendar: FoundCalendar, all: readonly FoundCalendar[]): string {
  const fold = (text: string) => text.trim().toLowerCase()
  const name = fold(calendar.display_name)
  const isTaken = all.some(
    (other) =>
      other.url !== calendar.url && [other.display_name, lastSegment(other.url)].some((text) => fold(text) === name),
  )
  return name === '' || isTaken ? lastSegment(calendar.url) : calendar.display_name
}

export function feedUrlOf({ way, address, file, source }: FeedValues): string {
  if (way === 'file') return file
  if (way === 'source') return source === '' ? '' : `source:${source}`
  return address.trim()
}

export function newSourceBody({ account, calendars, details }: SourceDraft): CreateSource {
  const { interval, ...rest } = details
  return {
    ...rest,
    public_ics_path: rest.public_ics ? rest.public_ics_path : null,
    caldav_url: account.caldav_url.trim(),
    username: account.username,
    password: account.password,
    calendars: calendars && [...calendars],
    sync_interval_secs: intervalSeconds(interval),
  }
}

/** The destination of a draft; `found` are the calendars of the account. */
export function newDestinationBody(draft: DestinationDraft, found: readonly FoundCalendar[]): CreateDestination {
  const { account, target, removal } = draft
  const calendar = found.find(({ url }) => url === target.calendar)
  return {
    name: target.name,
    ics_url: feedUrlOf(draft.feed),
    caldav_url: account.caldav_url.trim(),
    calendar_name: calendar ? targetName(calendar, found) : target.new_name.trim(),
    create_calendar: calendar === undefined,
    username: account.username,
    password: account.password,
    sync_interval_secs: intervalSeconds(target.interval),
    sync_all: target.sync_all,
    keep_local: removal !== 'mirror',
    remove_dropped: removal === 'dropped',
  }
}
