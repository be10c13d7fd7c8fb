import { createRoute, z } from '@hono/zod-openapi'
import { anyErrors, jsonContent, notFoundErrors, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { idsFirst, toId } from './request-body.ts'
import { idText, RunListResponseSchema, RunQuerySchema, RunResponseSchema } from './schemas.ts'
import { runView } from './views.ts'

const DEFAULT_LIMIT = 50

const listRoute = createRoute({
  method: 'get',
  path: '/api/runs',
  operationId: 'listRuns',
  tags: ['runs'],
  summary: 'Recent runs, newest first',
  request: { query: RunQuerySchema },
  responses: { 200: jsonContent(RunListResponseSchema, 'The runs'), 400: notFoundErrors[400], ...anyErrors },
})

const getRoute = createRoute({
  method: 'get',
  path: '/api/runs/{id}',
  operationId: 'getRun',
  tags: ['runs'],
  summary: 'One run with its counts and problems',
  middleware: [idsFirst] as const,
  request: { params: z.object({ id: idText }) },
  responses: { 200: jsonContent(RunResponseSchema, 'The run'), ...notFoundErrors, ...anyErrors },
})

export function runRoutes({ store }: AppDeps) {
  const routes = routeGroup()
    .openapi(listRoute, (c) => {
      const { kind, item_id, limit } = c.req.valid('query')
      const runs = store.runs.list({
        ...(kind === undefined ? {} : { kind }),
        ...(item_id === undefined ? {} : { itemId: toId(item_id) }),
        limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
      })
      return c.json({ runs: runs.map(runView) }, 200)
    })
    .openapi(getRoute, (c) => {
      const run = store.runs.get(toId(c.req.valid('param').id))
      if (run === undefined) throw new ApiError(404, 'Run not found')
      return c.json({ status: 'success' as const, message: `Run ${run.id}`, run: runView(run) }, 200)
    })
  routes.all('/api/runs', methodNotAllowed('GET, HEAD'))
  routes.all('/api/runs/:id', methodNotAllowed('GET, HEAD'))
  return routes
}
