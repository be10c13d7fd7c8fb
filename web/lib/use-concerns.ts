import { type Concern, concerns } from './attention.ts'
import { useDestinations, useHealth, useLinks, useOverview, useSources } from './queries.ts'

/** What waits for a person, of everything this page knows. */
export function useConcerns(): Concern[] {
  const sources = useSources().data ?? []
  const destinations = useDestinations().data ?? []
  const overview = useOverview().data
  const links = useLinks().data ?? []
  const warnings = useHealth().data?.warnings ?? []
  return concerns({ sources, destinations, overview, links, warnings })
}
