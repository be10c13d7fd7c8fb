import { isDoubtful, isUnchanged, nextState, usableToken } from '../core/change-state.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { planChanges, planPull } from '../core/plan-pull.ts'
import type { Changes, Fetched, RemoteCalendar, Resource, ResourceRef } from '../core/remote.ts'
import type { Href, Problem } from '../core/types.ts'
import { hrefKey } from '../protocol/href.ts'
import type { KnownResource } from '../store/remote-types.ts'
import { backAgain, confirmGone, listedButNotThere } from './confirm-gone.ts'
import { firstRead } from './first-read.ts'
import { hiddenByWindow } from './hidden.ts'
import { observe } from './observe.ts'
import { byHref, type KnownResources, nothingChanged, type Pulled, type PullOptions } from './pulled.ts'
import { breath, type RunControl } from './run-control.ts'

/** So many resources are read before others get their turn: a few milliseconds. */
const AT_A_STRETCH = 200

/**
 * Reads a calendar: asks what changed, or lists it completely, reads only what is new or changed, and works out what is
 * gone. Writes nothing but what `keep` stores. Throws SyncError where a listing cannot be complete.
 */
export async function pull(
  remote: RemoteCalendar,
  knownResources: KnownResources,
  signal: AbortSignal,
  options: PullOptions,
): Promise<Pulled> {
  const { state } = options
  // Without ETags a calendar that forgets to move its marks would never be read again.
  if (state !== null && isUnchanged(state, options.marks, options.now) && knownResources.haveTags()) {
    return nothingChanged(knownResources)
  }
  const { progress = () => undefined } = options
  const keyOf = (href: Href) => hrefKey(href, remote.url)
  progress('list', 0, 1)
  const changes = options.changes ?? (await changesSince(remote, signal, options))
  if (changes && state && isEmpty(changes) && !isDoubtful(changes, [], state, options.marks, keyOf)) {
    // Told once that this was all, and nothing else was learnt: what is stored still holds, its marks too.
    const isKnown = options.marks === undefined && state.settled && changes.syncToken === state.syncToken
    return nothingChanged(
      knownResources,
      isKnown ? undefined : nextState(changes, state, options.marks, true, options.now),
    )
  }
  const known = knownResources.all()
  const isCredible = changes !== null && state !== null && !isDoubtful(changes, known, state, options.marks, keyOf)
  if (!isCredible && (known.length === 0 || options.keep)) return await firstRead(remote, known, signal, options)
  const look = isCredible ? changes : await remote.list(signal)
  const plan = look.complete
    ? planPull(known, look, keyOf, suspectsIn(changes, known, keyOf))
    : planChanges(known, look, keyOf)
  const answer = await readAll(remote, plan.fetch, isCredible ? (changes.read ?? []) : [], keyOf, signal, progress)

  const before = new Map(known.map((resource) => [keyOf(resource.href), resource]))
  const back = await backAgain(remote, plan.gone, known.length, keyOf, signal)
  const missing = plan.gone.filter((resource) => !back.has(resource))
  const hidden = await hiddenByWindow(remote, missing, options.now, signal)
  const gone = missing.filter((resource) => !hidden.includes(resource))
  const now = new Map([...plan.unchanged, ...back, ...hidden].map((resource) => [keyOf(resource.href), resource]))
  const goneByUid = new Map(gone.map((resource) => [resource.uid, resource]))
  const upsert: KnownResource[] = []
  const objects = new Map<KnownResource, readonly CalendarObject[]>()
  const unreadable: Problem[] = []
  const findings: Problem[] = []
  const keepAsKnown = (href: Href) => {
    const previous = before.get(keyOf(href))
    if (previous) now.set(keyOf(href), previous)
  }

  const forgetOtherSpelling = new Set<Href>()
  const listedTags = new Map(plan.fetch.map((resource) => [keyOf(resource.href), resource.etag]))
  for (const [index, resource] of answer.resources.entries()) {
    if (index % AT_A_STRETCH === AT_A_STRETCH - 1) await breath(signal)
    const key = keyOf(resource.href)
    const etag = resource.etag ?? listedTags.get(key) ?? null
    const read = { ...resource, etag }
    const first = observe(read, before.get(key), options)
    const moved = 'problem' in first || before.has(key) ? undefined : goneByUid.get(first.known.uid)
    const seen = 'problem' in first || !moved ? first : observe(read, movedFrom(moved, first.known), options)
    if ('problem' in seen) {
      unreadable.push(seen.problem)
      keepAsKnown(resource.href)
      continue
    }
    now.set(key, seen.known)
    if (!options.fingerprints) objects.set(seen.known, seen.objects)
    upsert.push(seen.known)
    const previous = before.get(key)
    if (previous && previous.href !== seen.known.href) forgetOtherSpelling.add(previous.href)
    findings.push(...seen.findings)
  }
  for (const { href, problem } of answer.unreadable) {
    unreadable.push(problem)
    keepAsKnown(href)
  }
  const goneSince = await confirmGone(remote, answer.gone, keyOf, signal)
  for (const href of answer.gone) {
    if (goneSince.has(keyOf(href))) continue
    unreadable.push(listedButNotThere(href))
    keepAsKnown(href)
  }
  if (before.size < known.length) {
    // A first read that broke off may have stored one resource in two spellings.
    for (const { href } of known) if ((now.get(keyOf(href))?.href ?? href) !== href) forgetOtherSpelling.add(href)
  }
  const left = [...gone, ...(goneSince.size === 0 ? [] : known.filter(({ href }) => goneSince.has(keyOf(href))))]
  const replaced = upsert.flatMap(({ href }) => before.get(keyOf(href)) ?? [])
  return {
    resources: [...now.values()].sort(byHref),
    objects,
    upsert,
    remove: [...left.map(({ href }) => href), ...forgetOtherSpelling],
    leftUids: new Set([...left, ...replaced].flatMap(({ uid }) => uid ?? [])),
    fetched: answer.resources.length,
    unreadable,
    findings,
    state: nextState(look, state, options.marks, unreadable.length === 0 && back.size === 0, options.now),
  }
}

function isEmpty({ changed, removed }: Changes): boolean {
  return changed.length === 0 && removed.length === 0
}

/** What the server says has changed since the last read; null where it is not to be asked, or does not know. */
async function changesSince(
  remote: RemoteCalendar,
  signal: AbortSignal,
  { state, now, fingerprints }: PullOptions,
): Promise<Changes | null> {
  const token = usableToken(state, now)
  return token === null ? null : await remote.changes(token, !fingerprints, signal)
}

/** Reads what did not come along with the changes already. */
async function readAll(
  remote: RemoteCalendar,
  wanted: readonly ResourceRef[],
  delivered: readonly Resource[],
  keyOf: (href: Href) => string,
  signal: AbortSignal,
  progress: RunControl['progress'],
): Promise<Fetched> {
  const there = new Set(delivered.map(({ href }) => keyOf(href)))
  const missing = wanted.filter(({ href }) => !there.has(keyOf(href))).map(({ href }) => href)
  if (delivered.length > 0 && missing.length === 0) return { resources: delivered, unreadable: [], gone: [] }
  progress('fetch', 0, missing.length)
  const onProgress = (done: number) => progress('fetch', done, missing.length)
  const fetched = await remote.fetch(missing, signal, { onProgress })
  return { ...fetched, resources: [...delivered, ...fetched.resources] }
}

/** What a server named as changed, where it named few: a list of everything names nothing. */
function suspectsIn(
  changes: Changes | null,
  known: readonly KnownResource[],
  keyOf: (href: Href) => string,
): ReadonlySet<string> {
  const named = changes?.changed ?? []
  return new Set(named.length * 2 > known.length ? [] : named.map(({ href }) => keyOf(href)))
}

/** The same event under another name (DavMail lists as `.EML` what was sent as `.ics`); equal ETags: the same text too. */
function movedFrom(moved: KnownResource, seen: KnownResource): KnownResource {
  return moved.etag !== null && moved.etag === seen.etag ? { ...moved, current: seen.current } : moved
}
