import type { z } from '@hono/zod-openapi'
import type { DestinationSettings } from '../core/items.ts'
import type { Store } from '../store/types.ts'
import { checkDestination } from './checks.ts'
import { checkConnection } from './connection.ts'
import { checkRules } from './link-checks.ts'
import { keptInterval } from './patch.ts'
import type { CreateDestinationSchema } from './schemas.ts'

/** The settings of a destination that is to be made; throws ApiError for what may not be. `password` null: not given. */
export function newDestination(
  store: Store,
  password: string | null,
  given: Omit<z.output<typeof CreateDestinationSchema>, 'password'>,
): DestinationSettings {
  const { connection, feed_connection, delete_limit = null, ...rest } = given
  const settings = {
    ...rest,
    delete_limit,
    sync_interval_secs: keptInterval(given.sync_interval_secs),
    connection: connection ? checkConnection('connection', connection, null) : null,
    feed_connection: feed_connection ? checkConnection('feed_connection', feed_connection, null) : null,
  }
  checkDestination(store, settings, password)
  checkRules(settings.rules)
  return settings
}
