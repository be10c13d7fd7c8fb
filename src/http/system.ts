/** What the service is and how it was set up, for the settings page. */
import { createRoute, z } from '@hono/zod-openapi'
import { anyErrors, jsonContent, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { count, moment } from './schema-basics.ts'
import { iso } from './views.ts'

const SystemSchema = z
  .object({
    version: z.string(),
    runtime: z.string().openapi({ example: 'Node.js 26.10.0 on linux' }),
    started_at: moment,
    login: z.object({ on: z.boolean(), username: z.string().nullable() }),
    database: z.object({ path: z.string(), bytes: count }),
    journal: z.object({ bytes: count, entries: count, days: count }),
    memory: z.object({ used_bytes: count.openapi({ description: 'Resident' }), heap_bytes: count }),
    environment: z
      .array(z.object({ name: z.string(), value: z.string().nullable(), secret: z.boolean() }))
      .openapi({ description: 'As it was read at the start; null: not set. Secrets are shown as `***`' }),
    warnings: z.array(z.string()),
  })
  .openapi('System')

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
