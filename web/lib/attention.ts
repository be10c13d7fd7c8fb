import { attention as texts } from '../texts.ts'
import type { Destination, Kind, Link, Overview, Source } from './types.ts'

/** Why something waits for a person. */
export type Cause = 'held' | 'login' | 'unreachable' | 'failed' | 'reader' | 'setup'

/** Something that waits for a person, and what would mend it. */
export interface Concern {
  readonly key: string
  readonly cause: Cause
  readonly title: string
  readonly text: string
  /** How often in a row it went wrong. */
  readonly failures: number
  /** When it is tried again by itself, ISO 8601. */
  readonly nextTry: string | null
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

/** Everything that waits for a person, the most pressing first. What a person has paused waits for nobody. */
export function concerns({ sources, destinations, overview, links, warnings }: Known): Concern[] {
  const failureOf = (kind: Kind, id: number) =>
    overview?.runs.findLast((run) => run.kind === kind && run.item_id === id && run.finished_at !== null)?.failure ??
    null
  return [
    ...destinations.flatMap(waiting),
    ...sources.flatMap((item) => failed('source', item, failureOf('source', item.id))),
    ...destinations.flatMap((item) => failed('destination', item, failureOf('destination', item.id))),
    ...links.flatMap(stopped),
    ...warnings.map(warning),
  ]
}

const noTries = { failures: 0, nextTry: null } as const

function waiting({ id, name, held, paused }: Destination): Concern[] {
  if (held === 0 || paused) return []
  const fix = { do: 'open', label: texts.review, href: `/review?id=${id}` } as const
  return [{ key: `held ${id}`, cause: 'held', title: name, text: texts.held(held), ...noTries, fix }]
}

function failed(kind: Kind, item: Source | Destination, failure: string | null): Concern[] {
  if (item.paused || item.last_sync_status !== 'error' || item.last_sync_error === null) return []
  if ('held' in item && item.held > 0 && failure === null) return []
  const base = {
    key: `failed ${kind} ${item.id}`,
    title: item.name,
    text: item.last_sync_error,
    failures: item.failures,
    nextTry: item.next_run_at,
  }
  if (failure === 'login' || /^Enter the password/.test(item.last_sync_error)) {
    return [{ ...base, cause: 'login', fix: { do: 'sign-in', label: texts.signIn, kind, item } }]
  }
  if (failure === 'unreachable' || failure === 'busy') {
    return [{ ...base, cause: 'unreachable', fix: { do: 'sync', label: texts.tryAgain, kind, item } }]
  }
  const href = `/${kind}s/view?id=${item.id}`
  return [{ ...base, cause: 'failed', fix: { do: 'open', label: texts.show, href } }]
}

function stopped(link: Link): Concern[] {
  if (link.state !== 'active') return []
  const fix = { do: 'open', label: texts.showLink, href: `/links/view?id=${link.id}` } as const
  return link.readers
    .filter((reader) => reader.stopped)
    .map(({ client }) => ({
      key: `reader ${link.id} ${client}`,
      cause: 'reader',
      title: link.label || texts.linkAt(link.path),
      text: texts.stopped(client),
      ...noTries,
      fix,
    }))
}

function warning(text: string): Concern {
  const fix = { do: 'open', label: texts.openSettings, href: '/settings' } as const
  return { key: `warning ${text}`, cause: 'setup', title: texts.setup, text, ...noTries, fix }
}
