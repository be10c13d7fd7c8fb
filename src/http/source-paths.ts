import { createRoute, z } from '@hono/zod-openapi'
import type { SourcePath } from '../core/items.ts'
import { anyErrors, bodyErrors, jsonContent, jsonRequest, notFoundErrors, routeGroup, writeErrors } from './answers.ts'
import { checkSourcePath } from './checks.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { idsFirst, jsonBody, noForeignBody, toId } from './request-body.ts'
import { idText } from './schema-basics.ts'
import {
  CreateSourcePathSchema,
  SourcePathListResponseSchema,
  SourcePathResponseSchema,
  UpdateSourcePathSchema,
} from './schemas.ts'

const ofSource = z.object({ source_id: idText })
const onePath = z.object({ source_id: idText, path_id: idText })
const answer = jsonContent(SourcePathResponseSchema, 'The path')

const listRoute = createRoute({
  method: 'get',
  path: '/api/sources/{source_id}/paths',
  operationId: 'listSourcePaths',
  tags: ['source paths'],
  summary: 'Further paths under which the feed of a source is served',
  middleware: [idsFirst] as const,
  request: { params: ofSource },
  responses: {
    200: jsonContent(SourcePathListResponseSchema, 'The paths, by id; none for an unknown source'),
    400: notFoundErrors[400],
    ...anyErrors,
  },
})

const createPathRoute = createRoute({
  method: 'post',
  path: '/api/sources/{source_id}/paths',
  operationId: 'createSourcePath',
  tags: ['source paths'],
  summary: 'Add a path',
  middleware: [idsFirst, jsonBody(CreateSourcePathSchema)] as const,
  request: { params: ofSource, body: jsonRequest(CreateSourcePathSchema) },
  responses: { 201: answer, ...bodyErrors, ...anyErrors },
})

const updateRoute = createRoute({
  method: 'put',
  path: '/api/sources/{source_id}/paths/{path_id}',
  operationId: 'updateSourcePath',
  tags: ['source paths'],
  summary: 'Change a path',
  middleware: [idsFirst, jsonBody(UpdateSourcePathSchema)] as const,
  request: { params: onePath, body: jsonRequest(UpdateSourcePathSchema) },
  responses: { 200: answer, ...notFoundErrors, ...bodyErrors, ...anyErrors },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/api/sources/{source_id}/paths/{path_id}',
  operationId: 'deleteSourcePath',
  tags: ['source paths'],
  summary: 'Delete a path',
  middleware: [idsFirst, noForeignBody] as const,
  request: { params: onePath },
  responses: {
    200: jsonContent(SourcePathResponseSchema.omit({ path: true }), 'Deleted'),
    ...notFoundErrors,
    ...writeErrors,
    ...anyErrors,
  },
})

export function sourcePathRoutes({ store }: AppDeps) {
  const app = routeGroup()

  function find(params: z.infer<typeof onePath>): SourcePath {
    const path = store.sourcePaths.get(toId(params.source_id), toId(params.path_id))
    if (path === undefined) throw new ApiError(404, 'Path not found')
    return path
  }

  const routes = app
    .openapi(listRoute, (c) => c.json({ paths: store.sourcePaths.list(toId(c.req.valid('param').source_id)) }, 200))
    .openapi(createPathRoute, (c) => {
      const given = c.req.valid('json')
      const source = store.sources.get(toId(c.req.valid('param').source_id))
      if (source === undefined) throw new ApiError(400, 'Source not found')
      const path = store.sourcePaths.create(source.id, checkSourcePath(store, given.path), given.is_public)
      return c.json({ status: 'success' as const, message: `Path created with id ${path.id}`, path }, 201)
    })
    .openapi(updateRoute, (c) => {
      const given = c.req.valid('json')
      const before = find(c.req.valid('param'))
      const path = store.sourcePaths.update(before.id, {
        path: checkSourcePath(store, given.path ?? before.path, before),
        is_public: given.is_public ?? before.is_public,
      })
      if (path === undefined) throw new ApiError(404, 'Path not found')
      return c.json({ status: 'success' as const, message: 'Path updated', path }, 200)
    })
    .openapi(deleteRoute, (c) => {
      store.sourcePaths.remove(find(c.req.valid('param')).id)
      return c.json({ status: 'success' as const, message: 'Path deleted' }, 200)
    })

  routes.all('/api/sources/:source_id/paths', methodNotAllowed('GET, HEAD, POST'))
  routes.all('/api/sources/:source_id/paths/:path_id', methodNotAllowed('PUT, DELETE'))
  return routes
}
