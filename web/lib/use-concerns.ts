import { type Concern, concerns } from './attention.ts'
import { useDestinations, useHealth, useLinks, useOverview, useSources } from './queries.ts'

interface Concerns {
  readonly waiting: readonly Concern[]
  /** Everything that could wait was asked for and answered: where nothing waits, nothing does. */
  readonly complete: boolean
}

/** What waits for a person, of everything this page knows. */
export function useConcerns(): Concerns {
  const sources = useSources()
  const destinations = useDestinations()
  const overview = useOverview()
  const links = useLinks()
  const health = useHealth()
  return {
    waiting: concerns({
      sources: sources.data ?? [],
      destinations: destinations.data ?? [],
      overview: overview.data,
      links: links.data ?? [],
      warnings: health.data?.warnings ?? [],
    }),
    complete: [sources, destinations, overview, links, health].every(({ data }) => data !== undefined),
  }
}
