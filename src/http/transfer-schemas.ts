import { z } from '@hono/zod-openapi'
import { CreateLinkSchema } from './link-schemas.ts'
import { success } from './schema-basics.ts'
import { CreateDestinationSchema, CreateSourcePathSchema, CreateSourceSchema } from './schemas.ts'

const password = z.string().optional().openapi({ description: 'Never exported; may be written in by hand' })

export const TransferSchema = z
  .object({
    format: z.literal('caldav-ics-sync'),
    version: z.literal(1),
    sources: z.array(CreateSourceSchema.extend({ password, paths: z.array(CreateSourcePathSchema).default([]) })),
    destinations: z
      .array(CreateDestinationSchema.extend({ password }))
      .openapi({ description: 'A feed that is a source of this service is named `source:` and its `ics_path`' }),
    links: z
      .array(
        CreateLinkSchema.omit({ source_ids: true }).extend({
          path: z.string(),
          sources: z.array(z.string()).openapi({ description: 'Their `ics_path`' }),
        }),
      )
      .default([]),
  })
  .openapi('Transfer')

export const ImportResultSchema = z
  .object({
    ...success,
    entries: z.array(
      z.object({
        kind: z.enum(['source', 'destination', 'link']),
        name: z.string(),
        result: z.enum(['created', 'exists', 'refused']),
        message: z.string(),
      }),
    ),
  })
  .openapi('ImportResult')
