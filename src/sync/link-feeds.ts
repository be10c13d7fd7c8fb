/** The feeds of links that show something else than the bytes of one source. */
import { feedPath } from '../core/addresses.ts'
import { SyncError } from '../core/errors.ts'
import type { MergedFeed } from '../core/ical/feed-parts.ts'
import { withMark } from '../core/ical/mark.ts'
import { mergeFeed } from '../core/ical/merge.ts'
import type { CalendarObject } from '../core/ical/model.ts'
import { sameOffsets } from '../core/ical/zones-same.ts'
import type { Source } from '../core/items.ts'
import { hasOwnFeed, type Link } from '../core/links.ts'
import { applyRules } from '../core/rules/apply.ts'
import { type CompiledRules, compileRules } from '../core/rules/compile.ts'
import type { EpochMs, Problem } from '../core/types.ts'
import type { EngineDeps } from './engine-deps.ts'
import { preparePublication } from './publish.ts'
import { commonColor, sourceObjects } from './source-objects.ts'
import type { LinkFeeds } from './types.ts'

/** Rules that look at the clock are asked again after this long. */
const HOUR_MS = 3_600_000
/** Raised where a newer program makes other feeds of the same events. */
const EDITION = 1

export function createLinkFeeds(deps: EngineDeps): LinkFeeds {
  const { store, clock, log } = deps
  /** One making per link at a time; whoever comes meanwhile waits for the next. */
  const underWay = new Map<number, Promise<void>>()

  async function make(linkId: number): Promise<void> {
    const link = store.links.get(linkId)
    if (link === undefined || !hasOwnFeed(link)) return
    const sources = link.source_ids.flatMap((id) => store.sources.get(id) ?? [])
    const rules = compileRules(link.rules)
    const now = clock.now()
    const madeOf = ingredients(link, sources, rules, now, deps)
    const standing = store.links.feed(linkId)
    if (standing?.madeOf === madeOf) return
    const merged = mergedFeed(link, sources, rules, now, deps)
    if (merged === null) return
    const publication = await preparePublication(merged.feed, standing, now)
    if ('refused' in publication) {
      const { refused } = publication
      // What was good stays, tells of it, and is tried again at the next occasion.
      if (standing) store.links.publish(linkId, { ...standing, madeOf: '', findings: [refused] }, now)
      throw new SyncError('internal', refused.message)
    }
    store.links.publish(linkId, { ...publication, madeOf, findings: merged.findings }, now)
  }

  function refresh(linkId: number): Promise<void> {
    const before = underWay.get(linkId) ?? Promise.resolve()
    // Whoever asked for the making before this one hears of its failure.
    const next = before.catch(() => undefined).then(() => make(linkId))
    underWay.set(linkId, next)
    const settle = () => {
      if (underWay.get(linkId) === next) underWay.delete(linkId)
    }
    next.then(settle, settle)
    return next
  }

  return {
    refresh,
    async sourceChanged(sourceId) {
      for (const { id, label } of store.links.showing(sourceId)) {
        await refresh(id).catch((thrown: unknown) => {
          const reason = thrown instanceof Error ? thrown.message : String(thrown)
          log.error('The feed of a link could not be made; the last good one stays', { id, label, reason })
        })
      }
    },
    isDue(linkId) {
      const standing = store.links.feed(linkId)
      if (standing === undefined) return true
      const hour = /"hour":(\d+)/.exec(standing.madeOf)?.[1]
      return hour !== undefined && Number(hour) !== Math.floor(clock.now() / HOUR_MS)
    },
  }
}

/** Everything the feed depends on. */
function ingredients(
  link: Link,
  sources: readonly Source[],
  rules: CompiledRules,
  now: EpochMs,
  { store, publicUrl, defaultZone }: EngineDeps,
): string {
  const { path, name, mark, rules: list } = link
  return JSON.stringify({
    ...(rules.isTimed ? { hour: Math.floor(now / HOUR_MS) } : {}),
    sources: sources.map(({ id, name: title, username }) => [
      id,
      title,
      username,
      store.feeds.ofSource(id)?.tag ?? null,
    ]),
    link: [path, name, mark, list, refreshSecs(link, sources)],
    world: [EDITION, publicUrl, defaultZone],
  })
}

function refreshSecs({ freshness_secs }: Link, sources: readonly Source[]): number | null {
  if (freshness_secs !== null) return freshness_secs
  const intervals = sources.map(({ sync_interval_secs }) => sync_interval_secs).filter((secs) => secs > 0)
  return intervals.length === 0 ? null : Math.min(...intervals)
}

/** Null where none of its sources was ever read. */
function mergedFeed(
  link: Link,
  sources: readonly Source[],
  rules: CompiledRules,
  now: EpochMs,
  deps: EngineDeps,
): { feed: MergedFeed; findings: readonly Problem[] } | null {
  const { store, defaultZone, defineZone, publicUrl } = deps
  const findings: Problem[] = []
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS
  const parts: CalendarObject[][] = []
  const colors: { color: string | null }[] = []
  for (const source of sources) {
    const me = addressesOf(source)
    for (const { displayName, color, objects } of sourceObjects(source.id, store)) {
      const context = { now: hour, calendar: displayName, me, defaultZone, salt: link.salt }
      colors.push({ color })
      parts.push(
        objects.flatMap((object) => {
          const ruled = applyRules(object, rules, context)
          findings.push(...ruled.findings)
          return ruled.objects.map((one) => withMark(one, link.mark, source.name))
        }),
      )
    }
  }
  if (parts.length === 0) return null
  const feed = mergeFeed(parts, {
    name: link.name ?? sources.map(({ name }) => name).join(', '),
    color: commonColor(colors),
    refreshSecs: refreshSecs(link, sources),
    source: publicUrl === null ? null : publicUrl + feedPath(link.path, link.kind === 'public'),
    url: publicUrl === null ? null : `${publicUrl}/`,
    defineZone,
    sameZone: sameOffsets,
    fallbackZone: defaultZone,
  })
  return { feed, findings: [...findings, ...feed.findings] }
}

/** The addresses under which the owner of a source is invited, as far as its user name tells. */
export function addressesOf({ username }: Pick<Source, 'username'>): string[] {
  const name = username.trim().toLowerCase()
  return name.includes('@') ? [name] : []
}
