/** What of the stored rows is shown: no secret has a way in. */
import type { z } from '@hono/zod-openapi'
import type { Destination, ItemStatus, Source } from '../core/items.ts'
import type { RunOperation } from '../core/operations.ts'
import type { Rule } from '../core/rules/rule.ts'
import type { Run } from '../core/runs.ts'
import type { EpochMs, Problem } from '../core/types.ts'
import { connectionView } from './connection.ts'
import { redactUrl, shownError } from './redact.ts'
import type { RulesSchema } from './rule-schemas.ts'
import type { OperationSchema, RunSchema } from './run-schemas.ts'
import type { DestinationSchema, SourceSchema } from './schemas.ts'

export function iso(moment: EpochMs): string {
  return new Date(moment).toISOString()
}

export function isoOrNull(moment: EpochMs | null): string | null {
  return moment === null ? null : iso(moment)
}

function statusView(item: ItemStatus) {
  return {
    last_synced: item.last_synced,
    last_sync_status: item.last_sync_status,
    last_sync_error: item.last_sync_error === null ? null : shownError(item.last_sync_error),
    created_at: item.created_at,
    last_attempt_at: isoOrNull(item.last_attempt_at),
    last_success_at: isoOrNull(item.last_success_at),
    next_run_at: isoOrNull(item.next_run_at),
    failures: item.failures,
  }
}

export function sourceView(source: Source): z.infer<typeof SourceSchema> {
  return {
    id: source.id,
    name: source.name,
    caldav_url: redactUrl(source.caldav_url),
    username: source.username,
    ics_path: source.ics_path,
    sync_interval_secs: source.sync_interval_secs,
    public_ics: source.public_ics,
    public_ics_path: source.public_ics_path,
    paused: source.paused ?? false,
    calendars: source.calendars ? source.calendars.map(redactUrl) : null,
    connection: connectionView(source.connection),
    ...statusView(source),
  }
}

/** `held`: deletions that wait for a person. */
export function destinationView(destination: Destination, held: number): z.infer<typeof DestinationSchema> {
  return {
    id: destination.id,
    name: destination.name,
    ics_url: redactUrl(destination.ics_url),
    caldav_url: redactUrl(destination.caldav_url),
    calendar_name: destination.calendar_name,
    username: destination.username,
    sync_interval_secs: destination.sync_interval_secs,
    sync_all: destination.sync_all,
    keep_local: destination.keep_local,
    remove_dropped: destination.remove_dropped,
    local_edits: destination.local_edits,
    guests: destination.guests,
    create_calendar: destination.create_calendar,
    rules: rulesView(destination.rules),
    paused: destination.paused ?? false,
    delete_limit: destination.delete_limit ?? null,
    connection: connectionView(destination.connection),
    feed_connection: connectionView(destination.feed_connection),
    held,
    ...statusView(destination),
  }
}

/** The schema's type says that the lists may be written to; nothing does, and copying them all would be for the type alone. */
export function rulesView(rules: readonly Rule[]): z.infer<typeof RulesSchema> {
  return rules as z.infer<typeof RulesSchema>
}

export function problemView(problem: Problem): Problem {
  const { before, after } = problem
  return {
    ...problem,
    subject: shownError(problem.subject),
    message: shownError(problem.message),
    ...(before === undefined ? {} : { before: shownError(before) }),
    ...(after === undefined ? {} : { after: shownError(after) }),
  }
}

export function operationView(operation: RunOperation): z.infer<typeof OperationSchema> {
  const shown = (text: string | null) => (text === null ? null : shownError(text))
  return {
    ...operation,
    subject: shownError(operation.subject),
    reason: shown(operation.reason),
    changes: operation.changes.map((change) => ({
      ...change,
      before: shown(change.before),
      after: shown(change.after),
    })),
  }
}

/** `canUndo`: what it replaced or removed is still in the journal. */
export function runView(run: Run, canUndo: boolean): z.infer<typeof RunSchema> {
  return {
    id: run.id,
    kind: run.kind,
    item_id: run.item_id,
    trigger: run.trigger,
    started_at: iso(run.started_at),
    finished_at: isoOrNull(run.finished_at),
    status: run.status,
    message: run.message === null ? null : shownError(run.message),
    counts: { ...run.counts },
    problems: run.problems.map(problemView),
    undo_of: run.undo_of,
    can_undo: canUndo,
    failure: run.failure === null ? null : { kind: run.failure.kind, message: shownError(run.failure.message) },
  }
}
