/** What a source, a destination or a path must be before it is stored (contract 1.3 to 1.5), in the contract's order. */
import type { DestinationSettings, SourceSettings } from '../core/items.ts'
import { isImportName } from '../store/imports.ts'
import type { Store } from '../store/types.ts'
import { namedImport } from '../sync/any-feed.ts'
import { ApiError } from './errors.ts'
import { hasUserInfo } from './redact.ts'

const RESERVED = "ICS path cannot start with 'public' — reserved for public ICS URLs"
const LONGEST_PATH = 128

export function demand(condition: boolean, message: string): void {
  if (!condition) throw new ApiError(400, message)
}

function isReserved(path: string): boolean {
  return path.trim() === 'public' || path.trim().startsWith('public/')
}

function demandNonBlank(labelled: readonly (readonly [label: string, value: string | null])[]): void {
  for (const [label, value] of labelled) demand(value === null || value.trim() !== '', `${label} cannot be empty`)
}

/**
 * A source as it would be stored. `password` null: it stays as it is. `before` is the stored row on update; what it
 * breaks already and keeps unchanged is let through. Returns the settings with the public path brought into its form.
 */
export function checkSource(
  store: Store,
  settings: SourceSettings,
  password: string | null,
  before?: SourceSettings & { readonly id: number },
): SourceSettings {
  demandNonBlank([
    ['Name', settings.name],
    ['CalDAV URL', settings.caldav_url],
    ['Username', settings.username],
    ['Password', password],
    ['ICS Path', settings.ics_path],
  ])
  demand(!isReserved(settings.ics_path), RESERVED)
  demand(settings.sync_interval_secs >= 0, 'Sync interval cannot be negative')
  demand(!store.sources.usesPath(settings.ics_path, before?.id), 'Duplicate ICS Path is not allowed')
  demand(!store.sourcePaths.has(settings.ics_path), 'ICS path conflicts with an existing source path')
  demand(!store.links.usesPath(settings.ics_path), 'ICS path conflicts with an existing link')
  const publicPath = settings.public_ics ? checkPublicPath(store, settings, before?.id) : null

  demandAccount(settings, password, before)
  if (settings.ics_path !== before?.ics_path) demandFeedPath('ICS path', settings.ics_path)
  if (publicPath !== null && publicPath !== before?.public_ics_path) demandFeedPath('Public ICS path', publicPath)
  for (const url of settings.calendars ?? []) demandUrl('Each of calendars', url, ['http:', 'https:'])
  return { ...settings, public_ics_path: publicPath }
}

function checkPublicPath(store: Store, settings: SourceSettings, ownId: number | undefined): string | null {
  const path = settings.public_ics_path?.trim() ?? ''
  if (path === '') return null
  demand(!path.startsWith('/'), 'Public ICS path must not start with /')
  demand(!path.includes('..'), 'Public ICS path must not contain ..')
  demand(!isReserved(path), RESERVED)
  demand(!store.sources.usesPath(path, ownId), 'Duplicate public ICS path is not allowed')
  demand(!store.sourcePaths.has(path), 'Public path conflicts with an existing source path')
  demand(!store.links.usesPath(path), 'Public path conflicts with an existing link')
  demand(path !== settings.ics_path, 'Public ICS path cannot be the same as the ICS path')
  return path
}

/** The path of a link of its own, which no other address may have. */
export function checkFeedPath(store: Store, path: string): void {
  demand(path !== '', 'path cannot be empty')
  demand(!isReserved(path), "path cannot start with 'public', which is how public addresses begin")
  demandFeedPath('path', path)
  const isTaken = store.sources.usesPath(path) || store.sourcePaths.has(path) || store.links.usesPath(path)
  demand(!isTaken, 'path is in use by another address; choose another one')
}

/** A further path of a source; returns it trimmed. `before` is the stored one on update. */
export function checkSourcePath(store: Store, given: string, before?: { id: number; path: string }): string {
  const path = given.trim()
  demand(path !== '', 'Path cannot be empty')
  demand(!isReserved(path), RESERVED)
  demand(!path.startsWith('/'), 'Path must not start with /')
  demand(!path.includes('..'), 'Path must not contain ..')
  demand(!store.sources.usesPath(path), 'Path conflicts with an existing source ICS path')
  demand(!store.sourcePaths.has(path, before?.id), 'Duplicate path is not allowed')
  demand(!store.links.usesPath(path), 'Path conflicts with an existing link')
  if (path !== before?.path) demandFeedPath('Path', path)
  return path
}

export function checkDestination(
  store: Store,
  settings: DestinationSettings,
  password: string | null,
  before?: DestinationSettings,
): void {
  demandNonBlank([
    ['Name', settings.name],
    ['ICS URL', settings.ics_url],
    ['CalDAV URL', settings.caldav_url],
    ['Calendar name', settings.calendar_name],
    ['Username', settings.username],
    ['Password', password],
  ])
  demand(settings.sync_interval_secs >= 0, 'Sync interval cannot be negative')
  const imported = namedImport(settings.ics_url)
  const source = /^source:(.*)$/is.exec(settings.ics_url.trim())?.[1]
  if (source !== undefined && settings.ics_url !== before?.ics_url) {
    const known = /^\d{1,15}$/.test(source) && store.sources.get(Number(source)) !== undefined
    demand(known, 'ICS URL names a source that does not exist; write source: and the id of a source')
  } else if (settings.ics_url !== before?.ics_url && imported !== null) {
    demand(
      isImportName(imported),
      'ICS URL names a file that cannot be imported; write import: and a name ending in .ics',
    )
  } else if (settings.ics_url !== before?.ics_url)
    demandUrl('ICS URL', settings.ics_url, ['http:', 'https:', 'webcal:', 'webcals:'])
  demandAccount(settings, password, before)
  if (settings.calendar_name !== before?.calendar_name) demandOneLine('Calendar name', settings.calendar_name)
}

/** An account that is only looked at. */
export function checkAccount(account: AccountSettings, password: string): void {
  demandNonBlank([
    ['CalDAV URL', account.caldav_url],
    ['Username', account.username],
    ['Password', password],
  ])
  demandAccount(account, password)
}

interface AccountSettings {
  readonly caldav_url: string
  readonly username: string
}

function demandAccount(settings: AccountSettings, password: string | null, before?: AccountSettings): void {
  if (settings.username !== before?.username) demandOneLine('Username', settings.username)
  if (password !== null) demandOneLine('Password', password)
  if (settings.caldav_url === before?.caldav_url) return
  demandUrl('CalDAV URL', settings.caldav_url, ['http:', 'https:'])
  demand(
    !hasUserInfo(settings.caldav_url),
    'CalDAV URL must not contain a user name or password; enter them as Username and Password',
  )
  demand(
    before === undefined || password !== null || isSameServer(settings.caldav_url, before.caldav_url),
    'CalDAV URL now points to another server; enter the password again, so that it is not sent there unasked',
  )
}

function demandUrl(label: string, url: string, schemes: readonly string[]): void {
  demand(!/\p{Cc}/u.test(url) && url.isWellFormed(), `${label} must not contain control characters`)
  const names = schemes.map((scheme) => `${scheme}//`).join(', ')
  demand(URL.canParse(url), `${label} is not a valid URL; it begins with ${names} and names a host`)
  const parsed = new URL(url)
  demand(schemes.includes(parsed.protocol), `${label} must begin with ${names}`)
  demand(parsed.hostname !== '', `${label} names no host`)
}

/** Line ends and NUL would end up in headers of our requests. */
function demandOneLine(label: string, text: string): void {
  demand(!/[\0\r\n]/.test(text) && text.isWellFormed(), `${label} must not contain line breaks or NUL`)
}

/** A path must come back from a reader's URL exactly as it was stored, and look like what it is. */
function demandFeedPath(label: string, path: string): void {
  demand(!path.startsWith('/'), `${label} must not start with /`)
  demand(!path.includes('..'), `${label} must not contain ..`)
  demand(path === path.trim(), `${label} must not begin or end with a blank`)
  const bad = /[?#%\\]/.exec(path)?.[0]
  demand(bad === undefined, `${label} must not contain ${bad}`)
  demand(
    !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(path) && path.isWellFormed(),
    `${label} must not contain invisible characters`,
  )
  demand(path.normalize('NFC') === path, `${label} contains accents in a form (not NFC) that looks like another path`)
  demand(!path.split('/').includes('.'), `${label} must not contain a segment that is only a dot`)
  demand(path.length <= LONGEST_PATH, `${label} must not be longer than ${LONGEST_PATH} characters`)
}

/** Scheme, host and port. Old rows may hold what is no URL; those are compared as text. */
export function isSameServer(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return a === b
  const first = new URL(a)
  const second = new URL(b)
  return first.protocol === second.protocol && first.host === second.host
}
