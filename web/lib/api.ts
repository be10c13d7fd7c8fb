import { call } from './http.ts'
import { importName } from './import-name.ts'
import type {
  CalendarList,
  CreateDestination,
  CreateSource,
  Destination,
  DestinationList,
  DetailedHealth,
  EventDetails,
  FindingList,
  HeldList,
  ImportedFile,
  ImportResult,
  InspectAnswer,
  InstanceList,
  Kind,
  Link,
  LinkReads,
  OverlapEntry,
  OverlapList,
  Overview,
  PlanAnswer,
  PresetList,
  Removal,
  Rule,
  RulesPreview,
  Run,
  RunAnswer,
  RunDetails,
  RunList,
  ServerList,
  ShownKind,
  Source,
  SourceList,
  Subscribe,
  System,
  UpdateDestination,
  UpdateSource,
  Uploaded,
} from './types.ts'

/** Reading and saving answer at once or not at all; a sync run may take its time. */
const limit = 20_000
/** A large file over a slow line, a feed of another server. */
const longLimit = 300_000

/** What saving, deleting and syncing answer; the counts of a sync are in the message. */
export interface Message {
  readonly message: string
}
type SourceAnswer = Message & { readonly source: Source }
type DestinationAnswer = Message & { readonly destination: Destination }
type LinkAnswer = Message & { readonly link: Link }

const read = <Answer>(path: string, signal?: AbortSignal) =>
  call<Answer>('GET', path, { limit, ...(signal && { signal }) })

export const api = {
  health: (signal: AbortSignal) => read<DetailedHealth>('/api/health/detailed', signal),
  system: (signal: AbortSignal) => read<System>('/api/system', signal),
  overview: (signal: AbortSignal) => read<Overview>('/api/overview', signal),

  sources: async (signal: AbortSignal): Promise<Source[]> => (await read<SourceList>('/api/sources', signal)).sources,
  createSource: (body: CreateSource) => call<SourceAnswer>('POST', '/api/sources', { body, limit }),
  updateSource: (id: number, body: UpdateSource) => call<SourceAnswer>('PUT', `/api/sources/${id}`, { body, limit }),

  destinations: async (signal: AbortSignal): Promise<Destination[]> =>
    (await read<DestinationList>('/api/destinations', signal)).destinations,
  createDestination: (body: CreateDestination) => call<DestinationAnswer>('POST', '/api/destinations', { body, limit }),
  updateDestination: (id: number, body: UpdateDestination) =>
    call<DestinationAnswer>('PUT', `/api/destinations/${id}`, { body, limit }),

  remove: (kind: Kind, id: number) => call<Message>('DELETE', `/api/${kind}s/${id}`, { limit }),
  restore: (kind: Kind, id: number) => call<Message>('POST', `/api/${kind}s/${id}/restore`, { limit }),
  sync: (kind: Kind, id: number) => call<Message>('POST', `/api/${kind}s/${id}/sync`),
  calendars: (kind: Kind, id: number, signal: AbortSignal) =>
    read<CalendarList>(`/api/${kind}s/${id}/calendars`, signal),
  findings: (id: number, signal: AbortSignal) => read<FindingList>(`/api/sources/${id}/findings`, signal),
  servers: async (signal: AbortSignal) => (await read<ServerList>('/api/servers', signal)).servers,

  runs: async (kind: Kind, id: number, signal: AbortSignal): Promise<Run[]> =>
    (await read<RunList>(`/api/runs?kind=${kind}&item_id=${id}&limit=100`, signal)).runs,
  run: async (id: number, signal: AbortSignal): Promise<RunDetails> =>
    (await read<RunAnswer>(`/api/runs/${id}`, signal)).run,
  undo: (id: number, includeEdited: boolean) =>
    call<RunAnswer>('POST', `/api/runs/${id}/undo`, { body: { include_edited: includeEdited } }),

  plan: (id: number) => call<PlanAnswer>('POST', `/api/destinations/${id}/plan`),
  planNew: (body: CreateDestination, signal: AbortSignal) =>
    call<PlanAnswer>('POST', '/api/destinations/plan', { body, signal, limit: longLimit }),
  held: async (id: number, signal: AbortSignal) => (await read<HeldList>(`/api/destinations/${id}/held`, signal)).held,
  /** `expected`: how many a person was asked about; where others wait by now, nothing is done. */
  approve: (id: number, expected: number) =>
    call<Removal>('POST', `/api/destinations/${id}/approve?expected=${expected}`),
  dismiss: (id: number) => call<Message>('POST', `/api/destinations/${id}/dismiss`, { limit }),
  inspect: async (icsUrl: string, signal: AbortSignal) =>
    (await call<InspectAnswer>('POST', '/api/inspect', { body: { ics_url: icsUrl }, signal, limit: longLimit })).feed,

  links: async (signal: AbortSignal): Promise<Link[]> => (await read<{ links: Link[] }>('/api/links', signal)).links,
  createLink: (body: object) => call<LinkAnswer>('POST', '/api/links', { body, limit }),
  updateLink: (id: number, body: object) => call<LinkAnswer>('PUT', `/api/links/${id}`, { body, limit }),
  deleteLink: (id: number) => call<Message>('DELETE', `/api/links/${id}`, { limit }),
  rotateLink: (id: number) => call<LinkAnswer>('POST', `/api/links/${id}/rotate`, { limit }),
  reads: (id: number, signal: AbortSignal) => read<LinkReads>(`/api/links/${id}/reads`, signal),
  subscribe: (id: number, signal: AbortSignal) => read<Subscribe>(`/api/links/${id}/subscribe`, signal),

  presets: async (signal: AbortSignal) => (await read<PresetList>('/api/rules/presets', signal)).presets,
  previewRules: (kind: ShownKind, id: number, rules: readonly Rule[], signal: AbortSignal) =>
    call<RulesPreview>('POST', '/api/rules/preview', { body: { rules, [`${kind}_id`]: id }, signal, limit }),

  events: (kind: ShownKind, id: number, span: { from: string; to: string }, signal: AbortSignal) =>
    read<InstanceList>(`/api/${kind}s/${id}/events?${new URLSearchParams(span)}`, signal),
  event: (kind: ShownKind, id: number, uid: string, signal: AbortSignal) =>
    read<EventDetails>(`/api/${kind}s/${id}/event?${new URLSearchParams({ uid })}`, signal),

  /** Stores a calendar file; gives what a destination names it by. */
  uploadImport: (file: File) =>
    call<Uploaded>('PUT', `/api/imports/${encodeURIComponent(importName(file.name))}`, { file, limit: longLimit }),
  imports: async (signal: AbortSignal) => (await read<{ imports: ImportedFile[] }>('/api/imports', signal)).imports,
  deleteImport: (name: string) => call<Message>('DELETE', `/api/imports/${encodeURIComponent(name)}`, { limit }),
  importSettings: (body: unknown) => call<ImportResult & Message>('POST', '/api/import', { body, limit: longLimit }),

  /** Destinations that write to the same calendar, other than the one being edited. */
  async overlaps(caldavUrl: string, calendarName: string, excludeId: number | null): Promise<OverlapEntry[]> {
    const query = new URLSearchParams({ caldav_url: caldavUrl, calendar_name: calendarName })
    if (excludeId !== null) query.set('exclude_id', String(excludeId))
    return (await call<OverlapList>('GET', `/api/destinations/check-overlap?${query}`, { limit })).overlapping
  },
}
