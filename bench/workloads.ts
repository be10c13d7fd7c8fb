/** All workloads in the order of the table. */
import type { Workload } from './lib/workload.ts'
import { feedWorkloads } from './workloads/feed.ts'
import { icalWorkloads } from './workloads/ical.ts'
import { multistatusWorkload } from './workloads/multistatus.ts'
import { recurrenceWorkloads } from './workloads/recurrence.ts'
import { sqliteWorkloads } from './workloads/sqlite.ts'
import { startWorkload } from './workloads/start.ts'
import { firstReads } from './workloads/w1.ts'
import { unchangedCalendars } from './workloads/w2.ts'
import { changedCalendars } from './workloads/w3.ts'
import { firstPushes } from './workloads/w4.ts'
import { unchangedPushes } from './workloads/w5.ts'
import { changedPushes } from './workloads/w6.ts'
import { manyJobs } from './workloads/w12-many-jobs.ts'

export const workloads: readonly Workload[] = [
  ...firstReads,
  ...unchangedCalendars,
  ...changedCalendars,
  ...firstPushes,
  ...unchangedPushes,
  ...changedPushes,
  ...icalWorkloads,
  ...recurrenceWorkloads,
  ...feedWorkloads,
  startWorkload,
  multistatusWorkload,
  ...sqliteWorkloads,
  manyJobs,
]
