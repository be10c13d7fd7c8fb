/** What the shapes of requests and answers have in common. */
import { z } from '@hono/zod-openapi'
import { FINDING_CODES } from '../core/finding-codes.ts'
import { isI64 } from './request-body.ts'

export const id = z.int().openapi({ format: 'int64' })
export const stamp = z.string().openapi({ description: 'UTC, `YYYY-MM-DD HH:MM:SS`', example: '2026-03-01 08:30:00' })
export const moment = z.iso.datetime().openapi({ description: 'ISO 8601, UTC', example: '2026-03-01T08:30:00.000Z' })
export const password = z.string().openapi({ writeOnly: true, format: 'password' })
export const count = z.int().min(0)

/** A whole number of seconds in the range of a 64-bit integer. */
export const seconds = z
  .number()
  .refine(Number.isInteger, { error: 'invalid type: floating point, expected an integer' })
  .refine((value) => Math.abs(value) <= 2 ** 63, { error: 'the number is out of range' })
  .openapi({ type: 'integer', format: 'int64', description: 'Seconds between runs; 0: by hand only' })

export const idText = z
  .string()
  .refine(isI64, { error: 'expected an integer of 64 bits' })
  .openapi({ type: 'integer', format: 'int64' })

export const itemStatus = {
  last_synced: stamp.nullable(),
  last_sync_status: z.enum(['ok', 'error']).nullable(),
  last_sync_error: z.string().nullable(),
  created_at: stamp,
  last_attempt_at: moment.nullable(),
  last_success_at: moment.nullable(),
  next_run_at: moment.nullable().openapi({ description: 'ISO 8601, UTC; null: not scheduled' }),
  failures: count.openapi({ description: 'Failed runs since the last success' }),
}

export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().optional()

export const success = { status: z.literal('success'), message: z.string() }

export const ProblemSchema = z
  .object({
    code: z.enum(FINDING_CODES).openapi({ description: 'See docs/findings.md' }),
    subject: z.string(),
    uid: z.string().optional(),
    message: z.string(),
    before: z.string().optional().openapi({ description: 'What stood there before it was mended' }),
    after: z.string().optional(),
    repaired: z.boolean().optional(),
  })
  .openapi('Problem')

export const ErrorResponseSchema = z
  .object({ status: z.literal('error'), message: z.string() })
  .openapi('ErrorResponse')
