/** The shapes of what is shown of events. */
import { z } from '@hono/zod-openapi'
import { count, moment, ProblemSchema } from './schema-basics.ts'

const InstanceSchema = z
  .object({
    uid: z.string(),
    summary: z.string(),
    location: z.string().nullable(),
    status: z.string(),
    start: z.string().openapi({ description: "On the event's own clock; a date for all-day events" }),
    end: z.string().openapi({ description: 'Exclusive' }),
    starts_at: moment,
    ends_at: moment,
    all_day: z.boolean(),
    zone: z.string().nullable().openapi({ description: 'null: the same hour everywhere' }),
    recurring: z.boolean(),
  })
  .openapi('EventInstance')

export const InstanceListSchema = z
  .object({
    from: moment,
    to: moment.openapi({ description: 'Exclusive' }),
    events: z.array(InstanceSchema),
    truncated: z.boolean().openapi({ description: 'There are more; ask for a shorter span' }),
    unsure: z.array(z.string()).openapi({ description: 'Events whose instances could not be worked out in time' }),
  })
  .openapi('EventInstanceList')

export const EventDetailsSchema = z
  .object({
    uid: z.string(),
    summary: z.string(),
    description: z.string().nullable(),
    location: z.string().nullable(),
    url: z.string().nullable(),
    categories: z.array(z.string()),
    guests: count,
    rule: z.string().nullable().openapi({ description: 'RRULE' }),
    calendar: z.string().nullable().openapi({ description: 'Where it lies, as far as that is known' }),
    source_id: z.int().nullable(),
    written: z.boolean().nullable().openapi({ description: 'In the calendar of a destination: whether that wrote it' }),
    text: z.string().openapi({ description: 'Its lines of the calendar file' }),
  })
  .openapi('EventDetails')

export const CalendarListSchema = z
  .object({
    calendars: z.array(
      z.object({
        url: z.string(),
        display_name: z.string(),
        color: z.string().nullable(),
        events: count,
        read_at: moment.nullable(),
      }),
    ),
  })
  .openapi('CalendarList')

export const FindingListSchema = z.object({ findings: z.array(ProblemSchema) }).openapi('FindingList')
