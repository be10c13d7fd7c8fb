import { links as texts } from '../texts.ts'
import type { Link, Source } from './types.ts'

type Named = Pick<Source, 'id' | 'name'>

/** The names of the sources a link shows, as one text. */
export function sourceNames(link: Pick<Link, 'source_ids'>, sources: readonly Named[]): string {
  return link.source_ids
    .map((id) => sources.find((source) => source.id === id)?.name ?? texts.missingSource(id))
    .join(', ')
}

/** What a link is called here: whom it is for, else what it calls itself, else what it shows. */
export function linkTitle(link: Pick<Link, 'label' | 'name' | 'path' | 'source_ids'>, sources: readonly Named[]) {
  return link.label.trim() || link.name || sourceNames(link, sources) || link.path
}

/** The links in which every word typed occurs. */
export function findLinks(links: readonly Link[], search: string, sources: readonly Named[]): Link[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return links.filter((link) => {
    const text = [
      link.label,
      link.name ?? '',
      link.path,
      texts.kind[link.kind],
      texts.state[link.state].word,
      sourceNames(link, sources),
      ...link.readers.map(({ client }) => client),
    ]
      .join(' ')
      .toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

export interface Readership {
  readonly count: number
  /** Milliseconds since 1970; null: nobody has read it. */
  readonly lastAt: number | null
  /** Programs that used to come and stayed away. */
  readonly stopped: readonly string[]
}

export function readership({ readers }: Pick<Link, 'readers'>): Readership {
  const last = Math.max(...readers.map(({ last_at }) => Date.parse(last_at)))
  return {
    count: readers.length,
    lastAt: Number.isFinite(last) ? last : null,
    stopped: readers.filter(({ stopped }) => stopped).map(({ client }) => client),
  }
}

/** The link a person gives away for a source: the public one where there is one, else its own. */
export function feedLinkOf(sourceId: number, links: readonly Link[]): Link | undefined {
  const own = links.filter(({ kind, source_ids }) => kind !== 'own' && source_ids.includes(sourceId))
  return own.find(({ kind }) => kind === 'public') ?? own.find(({ kind }) => kind === 'main')
}
