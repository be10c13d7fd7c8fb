/** Everything that was set up as one file, and back. Passwords and other secrets are never part of it. */
import { createRoute } from '@hono/zod-openapi'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { methodNotAllowed } from './errors.ts'
import { jsonBody } from './request-body.ts'
import { exported } from './transfer-export.ts'
import { importAll } from './transfer-import.ts'
import { ImportResultSchema, TransferSchema } from './transfer-schemas.ts'

const exportRoute = createRoute({
  method: 'get',
  path: '/api/export',
  operationId: 'exportSettings',
  tags: ['health'],
  summary: 'All sources, destinations and links as one file, without passwords',
  responses: { 200: jsonContent(TransferSchema, 'To be kept, or imported elsewhere'), ...anyErrors },
})

const importRoute = createRoute({
  method: 'post',
  path: '/api/import',
  operationId: 'importSettings',
  tags: ['health'],
  summary: 'Add what such a file holds; what is there already is left alone',
  middleware: [jsonBody(TransferSchema)] as const,
  request: { body: jsonRequest(TransferSchema) },
  responses: { 200: jsonContent(ImportResultSchema, 'What became of each entry'), ...bodyErrors, ...anyErrors },
})

export function transferRoutes(deps: AppDeps) {
  const routes = routeGroup()
    .openapi(exportRoute, (c) => {
      const day = new Date(deps.clock.now()).toISOString().slice(0, 10)
      c.header('content-disposition', `attachment; filename="caldav-ics-sync-${day}.json"`)
      c.header('cache-control', 'private, no-store')
      return c.json(exported(deps), 200)
    })
    .openapi(importRoute, async (c) => {
      const entries = await importAll(deps, c.req.valid('json'))
      const created = entries.filter(({ result }) => result === 'created').length
      const message = `${created} of ${entries.length} ${entries.length === 1 ? 'entry was' : 'entries were'} added`
      return c.json({ status: 'success' as const, message, entries }, 200)
    })
  routes.all('/api/export', methodNotAllowed('GET, HEAD'))
  routes.all('/api/import', methodNotAllowed('POST'))
  return routes
}
