import { call } from './http.ts'
import { importName } from './import-name.ts'
import type {
  CreateDestination,
  CreateSource,
  Destination,
  DestinationList,
  DetailedHealth,
  OverlapEntry,
  OverlapList,
  Source,
  SourceList,
  UpdateDestination,
  UpdateSource,
  Uploaded,
} from './types.ts'

/** Reading and saving answer at once or not at all; a sync run may take its time. */
const limit = 20_000
/** A large file over a slow line. */
const uploadLimit = 300_000

/** What saving, deleting and syncing answer; the counts of a sync are in the message. */
export interface Message {
  readonly message: string
}

export const api = {
  health: (signal: AbortSignal) => call<DetailedHealth>('GET', '/api/health/detailed', { signal, limit }),

  async sources(signal: AbortSignal): Promise<Source[]> {
    return (await call<SourceList>('GET', '/api/sources', { signal, limit })).sources
  },
  createSource: (body: CreateSource) => call<Message>('POST', '/api/sources', { body, limit }),
  updateSource: (id: number, body: UpdateSource) => call<Message>('PUT', `/api/sources/${id}`, { body, limit }),
  deleteSource: (id: number) => call<Message>('DELETE', `/api/sources/${id}`, { limit }),
  syncSource: (id: number) => call<Message>('POST', `/api/sources/${id}/sync`),

  async destinations(signal: AbortSignal): Promise<Destination[]> {
    return (await call<DestinationList>('GET', '/api/destinations', { signal, limit })).destinations
  },
  createDestination: (body: CreateDestination) => call<Message>('POST', '/api/destinations', { body, limit }),
  updateDestination: (id: number, body: UpdateDestination) =>
    call<Message>('PUT', `/api/destinations/${id}`, { body, limit }),
  deleteDestination: (id: number) => call<Message>('DELETE', `/api/destinations/${id}`, { limit }),
  syncDestination: (id: number) => call<Message>('POST', `/api/destinations/${id}/sync`),

  /** Stores a calendar file; gives what a destination names it by. */
  uploadImport: (file: File) =>
    call<Uploaded>('PUT', `/api/imports/${encodeURIComponent(importName(file.name))}`, { file, limit: uploadLimit }),

  /** Destinations that write to the same calendar, other than the one being edited. */
  async overlaps(caldavUrl: string, calendarName: string, excludeId: number | null): Promise<OverlapEntry[]> {
    const query = new URLSearchParams({ caldav_url: caldavUrl, calendar_name: calendarName })
    if (excludeId !== null) query.set('exclude_id', String(excludeId))
    return (await call<OverlapList>('GET', `/api/destinations/check-overlap?${query}`, { limit })).overlapping
  },
}
