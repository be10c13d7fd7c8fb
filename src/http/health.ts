import { createRoute } from '@hono/zod-openapi'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { DetailedHealthResponseSchema, HealthResponseSchema } from './schemas.ts'
import { warningsOf } from './system.ts'

const healthRoute = createRoute({
  method: 'get',
  path: '/api/health',
  operationId: 'getHealth',
  tags: ['health'],
  summary: 'True while the service answers; needs no login',
  security: [],
  responses: { 200: jsonContent(HealthResponseSchema, 'The service answers') },
})

const detailedRoute = createRoute({
  method: 'get',
  path: '/api/health/detailed',
  operationId: 'getDetailedHealth',
  tags: ['health'],
  summary: 'State of the service and of its database',
  responses: { 200: jsonContent(DetailedHealthResponseSchema, 'Also when degraded'), ...anyErrors },
})

export function healthRoutes(deps: AppDeps) {
  const { store, clock } = deps

  function countSources(): number | null {
    try {
      return store.healthy() ? store.sources.list().length : null
    } catch {
      return null
    }
  }

  const routes = routeGroup()
    .openapi(healthRoute, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(detailedRoute, (c) => {
      const count = countSources()
      return c.json(
        {
          status: count === null ? ('degraded' as const) : ('ok' as const),
          uptime_seconds: Math.max(0, Math.floor((clock.now() - deps.startedAt) / 1000)),
          source_count: count ?? 0,
          db_ok: count !== null,
          warnings: warningsOf(deps),
        },
        200,
      )
    })
  routes.all('/api/health', methodNotAllowed('GET, HEAD'))
  routes.all('/api/health/detailed', methodNotAllowed('GET, HEAD'))
  return routes
}
