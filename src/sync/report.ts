import { SyncError } from '../core/errors.ts'
import type { RunFailure, RunReport } from '../core/runs.ts'

/** A run with ten thousand repaired events is told by its first problems and their number. */
const KEPT_PROBLEMS = 200

/** A report with its problems bounded; `counts.problems` holds their true number. */
export function reportOf(parts: Omit<RunReport, 'failure'> & { failure?: RunReport['failure'] }): RunReport {
  return {
    status: parts.status,
    message: parts.message,
    counts: { ...parts.counts, problems: parts.problems.length },
    problems: parts.problems.slice(0, KEPT_PROBLEMS),
    operations: parts.operations ?? [],
    failure: parts.failure ?? null,
  }
}

/** The report of a run that ended by an error. */
export function failedReport(error: SyncError): RunReport {
  return reportOf({
    status: error.kind === 'aborted' ? 'interrupted' : 'error',
    message: error.message,
    counts: {},
    problems: [],
    failure: failureOf(error),
  })
}

/** An error as it is stored with a run. */
export function failureOf(error: SyncError): RunFailure {
  const { retryAt } = error.details
  return { kind: error.kind, message: error.message, ...(retryAt === undefined ? {} : { retryAt }) }
}

/** A stored failure as the error it was, as far as the next due time depends on it. */
export function errorOf({ kind, message, retryAt }: RunFailure): SyncError {
  return new SyncError(kind, message, retryAt === undefined ? {} : { retryAt })
}

/** `1 event`, `3 events`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
