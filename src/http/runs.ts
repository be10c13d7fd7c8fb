import { createRoute, z } from '@hono/zod-openapi'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { shownError } from './redact.ts'
import { idsFirst, jsonBody, toId } from './request-body.ts'
import { RunListResponseSchema, RunQuerySchema, RunResponseSchema, UndoSchema } from './run-schemas.ts'
import { ErrorResponseSchema, idText } from './schema-basics.ts'
import { iso, operationView, runView } from './views.ts'

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

const undoRoute = createRoute({
  method: 'post',
  path: '/api/runs/{id}/undo',
  operationId: 'undoRun',
  tags: ['runs'],
  summary: 'Bring back what a run of a destination replaced or removed, and take away what it added',
  middleware: [idsFirst, jsonBody(UndoSchema)] as const,
  request: { params: z.object({ id: idText }), body: jsonRequest(UndoSchema) },
  responses: {
    200: jsonContent(RunResponseSchema, 'The run that took it back'),
    ...notFoundErrors,
    ...bodyErrors,
    409: jsonContent(ErrorResponseSchema, 'The run changed nothing, or is too long ago'),
    ...anyErrors,
    500: jsonContent(ErrorResponseSchema, 'Not all could be taken back; the message says what happened'),
    503: jsonContent(ErrorResponseSchema, 'The service is stopping'),
  },
})

export function runRoutes({ store, runner, log }: AppDeps) {
  const answer = (id: number) => {
    const run = store.runs.get(id)
    if (run === undefined) throw new ApiError(404, 'Run not found')
    const shown = {
      ...runView(run, store.journal.among([id]).has(id)),
      operations: run.operations.map(operationView),
      steps: run.steps.map((step) => ({ ...step, at: iso(step.at) })),
    }
    return { status: 'success' as const, message: `Run ${id}`, run: shown }
  }

  const routes = routeGroup()
    .openapi(listRoute, (c) => {
      const { kind, item_id, limit } = c.req.valid('query')
      const runs = store.runs.list({
        ...(kind === undefined ? {} : { kind }),
        ...(item_id === undefined ? {} : { itemId: toId(item_id) }),
        limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
      })
      const journalled = store.journal.among(runs.map(({ id }) => id))
      return c.json({ runs: runs.map((run) => runView(run, journalled.has(run.id))) }, 200)
    })
    .openapi(getRoute, (c) => c.json(answer(toId(c.req.valid('param').id)), 200))
    .openapi(undoRoute, async (c) => {
      const undoneRunId = toId(c.req.valid('param').id)
      const run = store.runs.get(undoneRunId)
      if (run === undefined) throw new ApiError(404, 'Run not found')
      if (run.status === 'running') throw new ApiError(409, 'The run is still under way; undo it when it has ended')
      if (!store.journal.among([undoneRunId]).has(undoneRunId)) {
        throw new ApiError(409, 'There is nothing to undo: the run changed no event, or its journal has expired')
      }
      const order = { undoneRunId, includeEdited: c.req.valid('json').include_edited }
      const report = await runner.undo(run.item_id, order).catch((thrown: unknown) => {
        log.warn('A run was not undone', { run: undoneRunId, reason: String(thrown) })
        throw new ApiError(503, 'The service is stopping; try again in a moment')
      })
      if (report.failure) throw new ApiError(500, shownError(report.failure.message))
      const [undoing] = store.runs.list({ kind: 'destination', itemId: run.item_id, limit: 1 })
      return c.json({ ...answer(undoing?.id ?? undoneRunId), message: shownError(report.message) }, 200)
    })
  routes.all('/api/runs', methodNotAllowed('GET, HEAD'))
  routes.all('/api/runs/:id', methodNotAllowed('GET, HEAD'))
  routes.all('/api/runs/:id/undo', methodNotAllowed('POST'))
  return routes
}
