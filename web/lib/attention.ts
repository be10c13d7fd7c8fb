import { attention as texts } from '../texts.ts'
import type { Destination, Kind, Link, Overview, Source } from './types.ts'

/** Something that waits for a person, and what would mend it. */
export interface Concern {
  readonly key: string
  readonly title: string
  readonly text: string
  readonly fix:
    | { readonly do: 'open'; readonly label: string; readonly href: string }
    | { readonly do: 'sign-in'; readonly label: string; readonly kind: Kind; readonly item: Source | Destination }
    | { readonly do: 'sync'; readonly label: string; readonly kind: Kind; readonly item: Source | Destination }
}

export interface Known {
  readonly sources: readonly Source[]
  readonly destinations: readonly Destination[]
  readonly overview: Overview | undefined
  readonly links: readonly Link[]
  readonly warnings: readonly string[]
}

/** Everything that waits for a person, the most pressing first. */
export function concerns({ sources, destinations, overview, links, warnings }: Known): Concern[] {
  const failureOf = (kind: Kind, id: number) =>
    overview?.runs.findLast((run) => run.kind === kind && run.item_id === id && run.finished_at !== null)?.failure ??
    null
  return [
    ...destinations.flatMap(waiting),
    ...sources.flatMap((item) => failed('source', item, failureOf('source', item.id))),
    ...destinations.flatMap((item) => failed('destination', item, failureOf('destination', item.id))),
    ...links.flatMap(stopped),
    ...warnings.map((text): Concern => {
      const fix = { do: 'open', label: texts.openSettings, href: '/settings' } as const
      return { key: `warning ${text}`, title: texts.setup, text, fix }
    }),
  ]
}

function waiting({ id, name, held, paused }: Destination): Concern[] {
  if (held === 0 || paused) return []
  const fix = { do: 'open', label: texts.review, href: `/review?id=${id}` } as const
  return [{ key: `held ${id}`, title: name, text: texts.held(held), fix }]
}

function failed(kind: Kind, item: Source | Destination, failure: string | null): Concern[] {
  if (item.last_sync_status !== 'error' || item.last_sync_error === null) return []
  if ('held' in item && item.held > 0 && failure === null) return []
  const base = { key: `failed ${kind} ${item.id}`, title: item.name, text: item.last_sync_error }
  if (failure === 'login' || /^Enter the password/.test(item.last_sync_error)) {
    return [{ ...base, fix: { do: 'sign-in', label: texts.signIn, kind, item } }]
  }
  if (failure === 'unreachable' || failure === 'busy') {
    return [{ ...base, fix: { do: 'sync', label: texts.tryAgain, kind, item } }]
  }
  return [{ ...base, fix: { do: 'open', label: texts.show, href: `/${kind}s/view?id=${item.id}` } }]
}

function stopped(link: Link): Concern[] {
  if (link.state !== 'active') return []
  return link.readers
    .filter((reader) => reader.stopped)
    .map(({ client }) => ({
      key: `reader ${link.id} ${client}`,
      title: link.label || link.path,
      text: texts.stopped(client),
      fix: { do: 'open', label: texts.showLink, href: `/links/view?id=${link.id}` },
    }))
}
