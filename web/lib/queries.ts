import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Message } from './api.ts'
import { parseMoment, parseStamp } from './format.ts'
import type { Item } from './types.ts'

export type Kind = 'source' | 'destination'

const pollEvery = 15_000
/** While a run is due or under way its end is near. */
const pollSoon = 2000
/** A run that takes longer than this is worth no more than the usual pace. */
const soonFor = 120_000

/** Due and not done yet, or just created: the first run begins at once, whatever the interval. */
function isAboutToRun(item: Item): boolean {
  const due = item.last_attempt_at === null ? parseStamp(item.created_at) : parseMoment(item.next_run_at)
  const since = due === null ? -1 : Date.now() - due
  return since >= 0 && since < soonFor
}

/** Lists and health are polled, in the background too: the tab's title counts failures. */
const polled = { refetchIntervalInBackground: true, retry: false } as const

function pace(items: readonly Item[] | undefined): number {
  return items?.some(isAboutToRun) === true ? pollSoon : pollEvery
}

export function useSources() {
  return useQuery({
    queryKey: ['source'],
    queryFn: ({ signal }) => api.sources(signal),
    refetchInterval: (query) => pace(query.state.data),
    ...polled,
  })
}

export function useDestinations() {
  return useQuery({
    queryKey: ['destination'],
    queryFn: ({ signal }) => api.destinations(signal),
    refetchInterval: (query) => pace(query.state.data),
    ...polled,
  })
}

export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => api.health(signal),
    refetchInterval: pollEvery,
    ...polled,
  })
}

/** How an action ended. Called even where the row that began it is no longer on the page. */
interface Report {
  readonly onSuccess: (answer: Message) => void
  readonly onError: (error: Error) => void
}

const syncKey = (kind: Kind, id: number) => ['sync', kind, id] as const

/** Starts a run and waits for its result; the list is read again when it ends, well or not. */
export function useSync(kind: Kind, id: number, report: Report) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: syncKey(kind, id),
    mutationFn: () => (kind === 'source' ? api.syncSource(id) : api.syncDestination(id)),
    ...report,
    onSettled: () => client.invalidateQueries({ queryKey: [kind] }),
  })
}

/** True while a run started from this page is under way, also after the reader has been on another page. */
export function useIsSyncing(kind: Kind, id: number): boolean {
  return useIsMutating({ mutationKey: syncKey(kind, id), exact: true }) > 0
}

export function useDelete(kind: Kind, id: number, report: Report) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => (kind === 'source' ? api.deleteSource(id) : api.deleteDestination(id)),
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: [kind] })
      report.onSuccess(answer)
    },
    onError: async (error) => {
      await client.invalidateQueries({ queryKey: [kind] })
      report.onError(error)
    },
  })
}

/** Reads a list again after something in it was saved, and shortly after that: saving starts a run. */
export function useRefresh(kind: Kind): () => Promise<void> {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: [kind] })
  return async () => {
    for (const delay of [pollSoon, 3 * pollSoon]) setTimeout(refresh, delay)
    await refresh()
  }
}
