import type { z } from '@hono/zod-openapi'
import type { Connection } from '../core/connection.ts'
import { namedSource } from '../sync/own-feeds.ts'
import type { AppDeps } from './deps.ts'
import { redactUrl } from './redact.ts'
import type { TransferSchema } from './transfer-schemas.ts'
import { isoOrNull, rulesView } from './views.ts'

type Transfer = z.input<typeof TransferSchema>

/** Ids differ from service to service: what refers to a source names it by its path. */
export function exported({ store }: Pick<AppDeps, 'store'>): z.output<typeof TransferSchema> {
  const sources = store.sources.list()
  const pathOf = (id: number) => sources.find((source) => source.id === id)?.ics_path
  const transfer: Transfer & z.output<typeof TransferSchema> = {
    format: 'caldav-ics-sync',
    version: 1,
    sources: sources.map((source) => ({
      name: source.name,
      caldav_url: redactUrl(source.caldav_url),
      username: source.username,
      ics_path: source.ics_path,
      sync_interval_secs: source.sync_interval_secs,
      public_ics: source.public_ics,
      public_ics_path: source.public_ics_path,
      paused: source.paused ?? false,
      calendars: source.calendars ? source.calendars.map(redactUrl) : null,
      connection: withoutSecrets(source.connection),
      paths: store.sourcePaths.list(source.id).map(({ path, is_public }) => ({ path, is_public })),
    })),
    destinations: store.destinations.list().map((destination) => {
      const named = namedSource(destination.ics_url)
      const path = named === null ? undefined : pathOf(named)
      return {
        name: destination.name,
        ics_url: path === undefined ? redactUrl(destination.ics_url) : `source:${path}`,
        caldav_url: redactUrl(destination.caldav_url),
        calendar_name: destination.calendar_name,
        username: destination.username,
        sync_interval_secs: destination.sync_interval_secs,
        sync_all: destination.sync_all,
        keep_local: destination.keep_local,
        remove_dropped: destination.remove_dropped,
        local_edits: destination.local_edits,
        guests: destination.guests,
        create_calendar: destination.create_calendar,
        rules: rulesView(destination.rules),
        paused: destination.paused ?? false,
        delete_limit: destination.delete_limit ?? null,
        connection: withoutSecrets(destination.connection),
        feed_connection: withoutSecrets(destination.feed_connection),
      }
    }),
    links: store.links
      .list()
      .filter(({ kind }) => kind === 'own')
      .map((link) => ({
        label: link.label,
        name: link.name,
        path: link.path,
        is_public: link.is_public,
        paused: link.paused,
        expires_at: isoOrNull(link.expires_at),
        freshness_secs: link.freshness_secs,
        mark: link.mark,
        rules: rulesView(link.rules),
        sources: link.source_ids.flatMap((id) => pathOf(id) ?? []),
      })),
  }
  return transfer
}

/** Headers and a client key may hold secrets; what else there is may be seen. */
function withoutSecrets(connection: Connection | null | undefined) {
  if (!connection) return null
  const { auth_method, user_agent, ca_certificate } = connection
  return { auth_method, user_agent, ca_certificate }
}
