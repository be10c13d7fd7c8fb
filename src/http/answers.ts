/** The answers beside success that the OpenAPI document names, and the type of a route group's app. */
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { AppEnv } from './deps.ts'
import { refuseShape } from './errors.ts'
import { ErrorResponseSchema } from './schema-basics.ts'

/** An app for one group of routes, with the shape errors of the contract. */
export function routeGroup(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: refuseShape })
}

export function jsonContent<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

export function jsonRequest<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } }
}

const error = (description: string) => jsonContent(ErrorResponseSchema, description)

/** What any route may answer: the login, the rate limit, and our own failures. */
export const anyErrors = {
  401: { description: 'The login is missing or wrong' },
  429: { description: 'Too many requests or too many failed logins; see Retry-After' },
  500: error('The service or its database failed'),
}

export const notFoundErrors = { 400: error('The id is not a number'), 404: error('Not found') }

/** What any route that changes something may answer. */
export const writeErrors = { 403: error('The request came from another origin'), 415: error('The body is not JSON') }

export const bodyErrors = {
  ...writeErrors,
  400: error('The body is not valid JSON, or a field has a value that is not allowed'),
  413: error('The body is longer than 2 MiB'),
  422: error('A field is missing or has the wrong type'),
}
