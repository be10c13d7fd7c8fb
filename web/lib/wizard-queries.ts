/** What the wizards ask the service for while something is set up. */
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import type { CreateDestination, Kind } from './types.ts'

const askAgainAfter = 2000

/** The runs of a new item, asked for until the newest has ended: not every network lets the stream of events through. */
export function useFirstRun(kind: Kind, id: number) {
  return useQuery({
    queryKey: ['runs', kind, id],
    queryFn: ({ signal }) => api.runs(kind, id, signal),
    refetchInterval: ({ state }) => ((state.data?.[0]?.status ?? 'running') === 'running' ? askAgainAfter : false),
    retry: false,
  })
}

/** What a look costs is not paid again because a person came back to the window. */
const askedOnce = { staleTime: Infinity, refetchOnWindowFocus: false, retry: false } as const

export const inspectKey = (icsUrl: string) => ['inspect', icsUrl] as const

export function useInspection(icsUrl: string) {
  return useQuery({
    queryKey: inspectKey(icsUrl),
    queryFn: ({ signal }) => api.inspect(icsUrl, signal),
    ...askedOnce,
  })
}

export const draftPlanKey = ({ password: _password, ...settings }: CreateDestination) => ['plan', settings] as const

/** What the first run of a destination would do that is not made yet; kept for a moment, for steps back and forth. */
export function useDraftPlan(settings: CreateDestination) {
  return useQuery({
    queryKey: draftPlanKey(settings),
    queryFn: ({ signal }) => api.planNew(settings, signal),
    gcTime: 60_000,
    ...askedOnce,
  })
}
