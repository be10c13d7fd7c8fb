import { skipToken, useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { parseMoment, parseStamp } from './format.ts'
import type { Destination, Item, Kind, ShownKind } from './types.ts'

const pollEvery = 15_000
/** While a run is due or under way its end is near. */
const pollSoon = 2000
/** A run that takes longer than this is worth no more than the usual pace. */
const soonFor = 120_000

/** Due and not done yet, or just created: the first run begins at once, whatever the interval. */
function isAboutToRun(item: Item): boolean {
  if (item.paused) return false
  const due = item.last_attempt_at === null ? parseStamp(item.created_at) : parseMoment(item.next_run_at)
  const since = due === null ? -1 : Date.now() - due
  return since >= 0 && since < soonFor
}

/** Lists and health are polled beside the stream, in the background too: the tab's title counts failures. */
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

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => api.overview(signal),
    refetchInterval: 60_000,
    ...polled,
  })
}

export function useLinks() {
  return useQuery({
    queryKey: ['links'],
    queryFn: ({ signal }) => api.links(signal),
    refetchInterval: 60_000,
    ...polled,
  })
}

const once = { retry: false } as const

export function useRuns(kind: Kind, id: number) {
  return useQuery({ queryKey: ['runs', kind, id], queryFn: ({ signal }) => api.runs(kind, id, signal), ...once })
}

export function useRun(id: number) {
  return useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => api.run(id, signal),
    // The stream tells of its end; a line that is lost must not leave a run under way for ever.
    refetchInterval: (query) => (query.state.data?.status === 'running' ? pollSoon : false),
    ...once,
  })
}

export function useCalendars(kind: Kind, id: number) {
  return useQuery({
    queryKey: ['calendars', kind, id],
    queryFn: ({ signal }) => api.calendars(kind, id, signal),
    ...once,
  })
}

export function useFindings(id: number) {
  return useQuery({ queryKey: ['findings', id], queryFn: ({ signal }) => api.findings(id, signal), ...once })
}

export function useServers() {
  return useQuery({ queryKey: ['servers'], queryFn: ({ signal }) => api.servers(signal), ...once })
}

export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => api.system(signal),
    refetchInterval: 30_000,
    retry: false,
  })
}

export function useHeld(id: number) {
  return useQuery({ queryKey: ['held', id], queryFn: ({ signal }) => api.held(id, signal), ...once })
}

/** Other destinations that write to the same calendar. */
export function useOverlaps({ id, caldav_url, calendar_name }: Destination) {
  return useQuery({
    queryKey: ['destination', id, 'overlaps', caldav_url, calendar_name],
    queryFn: () => api.overlaps(caldav_url, calendar_name, id),
    ...once,
  })
}

export function useReads(id: number) {
  return useQuery({
    queryKey: ['links', id, 'reads'],
    queryFn: ({ signal }) => api.reads(id, signal),
    refetchInterval: pollEvery,
    ...once,
  })
}

export function useSubscribe(id: number) {
  return useQuery({ queryKey: ['links', id, 'subscribe'], queryFn: ({ signal }) => api.subscribe(id, signal), ...once })
}

export function useImports() {
  return useQuery({ queryKey: ['imports'], queryFn: ({ signal }) => api.imports(signal), ...once })
}

export function usePresets() {
  return useQuery({ queryKey: ['presets'], queryFn: ({ signal }) => api.presets(signal), staleTime: Infinity, ...once })
}

/** The events of a span; what is not needed any more, since the span changed, is no longer waited for. */
export function useShownEvents(
  kind: ShownKind,
  id: number,
  span: { readonly from: string; readonly to: string } | null,
) {
  return useQuery({
    queryKey: ['events', kind, id, span?.from, span?.to],
    queryFn: span === null ? skipToken : ({ signal }) => api.events(kind, id, span, signal),
    ...once,
  })
}

export function useEventDetails(kind: ShownKind, id: number, uid: string) {
  return useQuery({
    queryKey: ['events', kind, id, 'one', uid],
    queryFn: ({ signal }) => api.event(kind, id, uid, signal),
    ...once,
  })
}
