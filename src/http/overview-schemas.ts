/** The shapes of what is told of the service as a whole. */
import { z } from '@hono/zod-openapi'
import { RunSchema } from './run-schemas.ts'
import { count, id, moment } from './schema-basics.ts'

const { kind, item_id, started_at, finished_at, status, message } = RunSchema.shape

export const OverviewSchema = z
  .object({
    runs: z
      .array(
        z.object({
          id,
          kind,
          item_id,
          started_at,
          finished_at,
          status,
          message,
          failure: z.string().nullable().openapi({ description: 'Kind of the failure' }),
          changes: count.openapi({ description: 'Events read anew, written or removed' }),
        }),
      )
      .openapi({ description: 'The last 30 runs of each item, oldest first' }),
    activity: z
      .array(z.object({ at: moment, status: z.string(), runs: count, changes: count }))
      .openapi({ description: 'Of the last 14 days, by quarters of an hour, each named by its beginning' }),
  })
  .openapi('Overview')

export const SystemSchema = z
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
