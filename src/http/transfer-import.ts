import type { z } from '@hono/zod-openapi'
import type { ItemKind } from '../core/items.ts'
import { Secret } from '../core/types.ts'
import { checkSource, checkSourcePath, isSameServer } from './checks.ts'
import { checkConnection } from './connection.ts'
import type { AppDeps } from './deps.ts'
import { newDestination } from './destination-input.ts'
import { ApiError } from './errors.ts'
import { checkLink } from './link-checks.ts'
import { keptInterval } from './patch.ts'
import { isRedacted, shownError } from './redact.ts'
import type { ImportResultSchema, TransferSchema } from './transfer-schemas.ts'

type Transfer = z.output<typeof TransferSchema>
type Entry = z.infer<typeof ImportResultSchema>['entries'][number]
type Account = { readonly caldav_url: string; readonly username: string; readonly password?: string | undefined }

const NO_PASSWORD = 'Enter the password of this account and resume: it was imported without one.'

/** Adds what is not there yet, entry by entry; one that is refused stops no other. */
export async function importAll(deps: AppDeps, transfer: Transfer): Promise<Entry[]> {
  const entries = [
    ...transfer.sources.map((source) => tell('source', source.name, () => importSource(deps, source))),
    ...transfer.destinations.map((destination) =>
      tell('destination', destination.name, () => importDestination(deps, destination)),
    ),
  ]
  for (const link of transfer.links) {
    const name = link.label || link.name || link.path
    let created: number | null = null
    const entry = tell('link', name, () => {
      created = importLink(deps, link)
      return created === null ? 'exists' : 'created'
    })
    if (created !== null) await makeFeed(deps, created)
    entries.push(entry)
  }
  return entries
}

/** Where it cannot be made now, it is with the next run of its sources; the rest of the file is still to be added. */
async function makeFeed({ linkFeeds, log }: AppDeps, id: number): Promise<void> {
  await linkFeeds.refresh(id).catch((thrown: unknown) => {
    log.error('The feed of an imported link could not be made', { id, reason: shownError(String(thrown)) })
  })
}

function tell(kind: Entry['kind'], name: string, add: () => 'exists' | 'created' | 'paused'): Entry {
  try {
    const result = add()
    if (result === 'exists') return { kind, name, result, message: 'It is there already and was left as it is' }
    return { kind, name, result: 'created', message: result === 'paused' ? NO_PASSWORD : 'It was added' }
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown
    return { kind, name, result: 'refused', message: shownError(thrown.message) }
  }
}

function importSource(deps: AppDeps, entry: Transfer['sources'][number]): 'exists' | 'created' | 'paused' {
  const { store } = deps
  if (store.sources.list().some(({ ics_path }) => ics_path === entry.ics_path)) return 'exists'
  const { paths, connection, password: _given, ...rest } = entry
  const password = passwordFor(deps, entry)
  const settings = checkSource(
    store,
    {
      ...rest,
      sync_interval_secs: keptInterval(rest.sync_interval_secs),
      public_ics_path: rest.public_ics_path ?? null,
      calendars: rest.calendars ?? null,
      paused: rest.paused || password === null,
      connection: connection ? checkConnection('connection', connection, null) : null,
    },
    password?.reveal() ?? null,
  )
  const id = store.transaction(() => {
    const source = store.sources.create({ ...settings, password: password ?? new Secret('') })
    for (const { path, is_public } of paths) {
      store.sourcePaths.create(source.id, checkSourcePath(store, path), is_public)
    }
    return source.id
  })
  return begun(deps, 'source', id, password !== null)
}

function importDestination(deps: AppDeps, entry: Transfer['destinations'][number]): 'exists' | 'created' | 'paused' {
  const { store } = deps
  const named = /^source:(.*)$/is.exec(entry.ics_url.trim())?.[1]
  const source = store.sources.list().find(({ ics_path }) => ics_path === named)
  if (named !== undefined && source === undefined) {
    // An id would be that of another service, and name any source here.
    throw new ApiError(400, `Its feed is the source at the path ${named}, which is neither here nor in the file`)
  }
  const icsUrl = source === undefined ? entry.ics_url : `source:${source.id}`
  const there = store.destinations
    .overlapping(entry.caldav_url, entry.calendar_name)
    .some(({ ics_url, username }) => ics_url === icsUrl && username === entry.username)
  if (there) return 'exists'
  if (isRedacted(icsUrl)) {
    throw new ApiError(400, 'The password in its feed address was not exported; write it into the file in place of ***')
  }
  const password = passwordFor(deps, entry)
  const settings = newDestination(store, password?.reveal() ?? null, {
    ...entry,
    ics_url: icsUrl,
    paused: entry.paused || password === null,
  })
  const { id } = store.destinations.create({ ...settings, password: password ?? new Secret('') })
  return begun(deps, 'destination', id, password !== null)
}

/** The new link's id; null where there is one at its path. */
function importLink({ store, events }: AppDeps, { sources, ...entry }: Transfer['links'][number]): number | null {
  if (store.links.list().some(({ path }) => path === entry.path)) return null
  const idAt = new Map(store.sources.list().map(({ id, ics_path }) => [ics_path, id]))
  const sourceIds = sources.flatMap((path) => idAt.get(path) ?? [])
  const link = {
    ...entry,
    label: entry.label ?? '',
    name: entry.name ?? null,
    is_public: entry.is_public ?? false,
    paused: entry.paused ?? false,
    expires_at: entry.expires_at ? Date.parse(entry.expires_at) : null,
    freshness_secs: entry.freshness_secs ?? null,
    mark: entry.mark ?? 'none',
    rules: entry.rules ?? [],
    source_ids: sourceIds,
  }
  checkLink(store, link)
  const { id } = store.links.create(link)
  events.publish({ type: 'item-changed', kind: 'link', item_id: id, change: 'created' })
  return id
}

/** The one in the file, or that of an item here which signs in to the same server as the same user. */
function passwordFor({ store }: AppDeps, { caldav_url, username, password }: Account): Secret | null {
  if (password !== undefined && password.trim() !== '') return new Secret(password)
  for (const kind of ['sources', 'destinations'] as const) {
    const same = store[kind]
      .list()
      .find((item) => item.username === username && isSameServer(item.caldav_url, caldav_url))
    const known = same && store[kind].password(same.id)
    if (known && known.reveal() !== '') return known
  }
  return null
}

function begun({ store, runner, events, clock }: AppDeps, kind: ItemKind, id: number, hasPassword: boolean) {
  if (hasPassword) runner.changed(kind, id)
  else store.schedule.recordFailure(kind, id, NO_PASSWORD, clock.now())
  events.publish({ type: 'item-changed', kind, item_id: id, change: 'created' })
  return hasPassword ? ('created' as const) : ('paused' as const)
}
