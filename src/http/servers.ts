import { createRoute } from '@hono/zod-openapi'
import { serverOf } from '../sync/profiles.ts'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { ServerListResponseSchema } from './server-schemas.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/api/servers',
  operationId: 'listServers',
  tags: ['servers'],
  summary: 'What was learnt of each server, as each account sees it',
  responses: { 200: jsonContent(ServerListResponseSchema, 'By origin and user name; may be empty'), ...anyErrors },
})

export function serverRoutes({ store }: AppDeps) {
  const routes = routeGroup().openapi(listRoute, (c) => {
    const sources = store.sources.list()
    const destinations = store.destinations.list()
    const servers = store.profiles.list().flatMap(({ origin, username, profile, learntAt }) => {
      const uses = (item: { caldav_url: string; username: string }) =>
        serverOf(item.caldav_url) === origin && item.username === username
      const users = {
        sources: sources.filter(uses).map(({ id }) => id),
        destinations: destinations.filter(uses).map(({ id }) => id),
      }
      // What nothing uses any more is of no interest to anybody; it stays known in case the account comes back.
      if (users.sources.length + users.destinations.length === 0) return []
      return [
        {
          origin,
          username,
          software: profile.software,
          sync_collection: profile.syncCollection,
          data_in_sync: profile.dataInSync,
          batch: profile.batch,
          writers: profile.writers,
          learnt_at: new Date(learntAt).toISOString(),
          ...users,
        },
      ]
    })
    return c.json({ servers }, 200)
  })
  routes.all('/api/servers', methodNotAllowed('GET, HEAD'))
  return routes
}
