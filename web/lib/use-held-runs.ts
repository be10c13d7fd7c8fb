import { useQueries } from '@tanstack/react-query'
import { api } from './api.ts'
import { useOverview } from './queries.ts'
import type { Destination, Problem, RunDetails } from './types.ts'

/** The last runs of destinations, where these ended with something that waits for a person; by the destination's id. */
export function useHeldRuns(destinations: readonly Destination[]): ReadonlyMap<number, RunDetails> {
  const runs = useOverview().data?.runs ?? []
  const held = destinations.flatMap(({ id }) => {
    const last = runs.findLast((run) => run.kind === 'destination' && run.item_id === id && run.finished_at !== null)
    return last?.status === 'held' ? [last.id] : []
  })
  const details = useQueries({
    queries: held.map((id) => ({
      queryKey: ['run', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.run(id, signal),
      retry: false,
    })),
  })
  return new Map(details.flatMap(({ data }) => (data === undefined ? [] : [[data.item_id, data] as const])))
}

/** Meetings that a run left as they were, because a change could send mail to their guests. */
export function meetingsOf(run: RunDetails | undefined): Problem[] {
  return run?.problems.filter(({ code }) => code === 'meeting-left-alone') ?? []
}
