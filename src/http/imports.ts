import { createRoute, z } from '@hono/zod-openapi'
import { SyncError } from '../core/errors.ts'
import { isImportName, LARGEST_IMPORT } from '../store/imports.ts'
import { namedImport } from '../sync/any-feed.ts'
import { anyErrors, jsonContent, routeGroup, writeErrors } from './answers.ts'
import type { AppDeps } from './deps.ts'
import { ApiError, methodNotAllowed } from './errors.ts'
import { shownError } from './redact.ts'
import { noForeignBody, readBytes } from './request-body.ts'
import { ImportListResponseSchema, ImportResponseSchema } from './run-schemas.ts'
import { ErrorResponseSchema } from './schema-basics.ts'

const params = z.object({ name: z.string().openapi({ example: 'school.ics' }) })
const refusals = {
  ...writeErrors,
  ...anyErrors,
  400: jsonContent(ErrorResponseSchema, 'The name is not allowed, or the content is no calendar'),
}

const listRoute = createRoute({
  method: 'get',
  path: '/api/imports',
  operationId: 'listImports',
  tags: ['destinations'],
  summary: 'Files that can be the feed of a destination, as `import:` and their name',
  responses: { 200: jsonContent(ImportListResponseSchema, 'By name; may be empty'), ...anyErrors },
})

const putRoute = createRoute({
  method: 'put',
  path: '/api/imports/{name}',
  operationId: 'putImport',
  tags: ['destinations'],
  summary: 'Upload a calendar file, or replace one; destinations that use it run soon',
  request: {
    params,
    body: { required: true, content: { 'text/calendar': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
  responses: {
    200: jsonContent(ImportResponseSchema, 'It is stored'),
    ...refusals,
    413: jsonContent(ErrorResponseSchema, 'It is larger than 32 MiB'),
  },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/api/imports/{name}',
  operationId: 'deleteImport',
  tags: ['destinations'],
  summary: 'Delete a file that no destination uses',
  middleware: [noForeignBody] as const,
  request: { params },
  responses: {
    200: jsonContent(ImportResponseSchema.pick({ status: true, message: true }), 'It is gone'),
    ...refusals,
    404: jsonContent(ErrorResponseSchema, 'There is no such file'),
    409: jsonContent(ErrorResponseSchema, 'A destination uses it'),
  },
})

export function importRoutes({ store, imports, inspect }: AppDeps) {
  const usersOf = (name: string) =>
    store.destinations
      .list()
      .filter(({ ics_url }) => namedImport(ics_url) === name)
      .map(({ id }) => id)

  function demandName(name: string): void {
    if (isImportName(name)) return
    const rule = 'letters, digits, blanks, dots, hyphens and underscores, at most 100, ending in .ics'
    throw new ApiError(400, `The file cannot be called that; use ${rule}`)
  }

  const routes = routeGroup()
    .openapi(listRoute, (c) => {
      const files = imports.list().map(({ name, bytes, changedAt }) => ({
        name,
        ics_url: `import:${name}`,
        bytes,
        changed_at: new Date(changedAt).toISOString(),
        destinations: usersOf(name),
      }))
      return c.json({ imports: files }, 200)
    })
    .openapi(putRoute, async (c) => {
      const { name } = c.req.valid('param')
      demandName(name)
      const content = await readBytes(c.req.raw, LARGEST_IMPORT)
      try {
        // Read as a run would read it, so that what is cut off or no calendar never takes the place of a good file.
        const { counts } = await inspect({ bytes: content }, c.req.raw.signal)
        imports.put(name, content)
        const message = `${name} is stored; it holds ${counts.objects} ${counts.objects === 1 ? 'event' : 'events'}`
        return c.json({ status: 'success' as const, message, ics_url: `import:${name}` }, 200)
      } catch (thrown) {
        if (!(thrown instanceof SyncError)) throw thrown
        throw new ApiError(thrown.kind === 'internal' ? 500 : 400, shownError(thrown.message))
      }
    })
    .openapi(deleteRoute, (c) => {
      const { name } = c.req.valid('param')
      const users = usersOf(name)
      if (users.length > 0) {
        throw new ApiError(409, `${name} is the feed of destination ${users.join(', ')}; give it another feed first`)
      }
      if (!imports.remove(name)) throw new ApiError(404, 'There is no such file')
      return c.json({ status: 'success' as const, message: `${name} is deleted` }, 200)
    })

  routes.all('/api/imports', methodNotAllowed('GET, HEAD'))
  routes.all('/api/imports/:name', methodNotAllowed('PUT, DELETE'))
  return routes
}
