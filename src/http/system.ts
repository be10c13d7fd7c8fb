/** What the service is and how it was set up, for the settings page. */
import { createRoute } from '@hono/zod-openapi'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { SystemSchema } from './overview-schemas.ts'
import { iso } from './views.ts'

const systemRoute = createRoute({
  method: 'get',
  path: '/api/system',
  operationId: 'getSystem',
  tags: ['health'],
  summary: 'Version, sizes and settings of the service',
  responses: { 200: jsonContent(SystemSchema, 'No secret is shown'), ...anyErrors },
})

export function systemRoutes(deps: AppDeps) {
  const { store, settings } = deps
  const routes = routeGroup().openapi(systemRoute, (c) => {
    const sizes = store.sizes()
    const memory = process.memoryUsage()
    return c.json(
      {
        version: deps.version,
        runtime: `Node.js ${process.versions.node} on ${process.platform}`,
        started_at: iso(deps.startedAt),
        login: { on: settings.login !== null, username: settings.login?.username ?? null },
        database: { path: settings.dbPath, bytes: sizes.database },
        journal: { bytes: sizes.journal, entries: sizes.journalEntries, days: settings.journalDays },
        memory: { used_bytes: memory.rss, heap_bytes: memory.heapUsed },
        environment: deps.environment.map((variable) => ({ ...variable })),
        warnings: warningsOf(deps),
      },
      200,
    )
  })
  routes.all('/api/system', methodNotAllowed('GET, HEAD'))
  return routes
}

const OPEN_TO_ALL =
  'Login is off: whoever reaches this address can read and change everything. Set AUTH_USERNAME and AUTH_PASSWORD.'

/** What about the set-up a person should look at. */
export function warningsOf({ settings, warnings }: Pick<AppDeps, 'settings' | 'warnings'>): string[] {
  return [...(settings.login === null ? [OPEN_TO_ALL] : []), ...(warnings ?? [])]
}
