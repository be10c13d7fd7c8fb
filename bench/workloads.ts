/** All workloads in the order of the table. */
import type { Workload } from './lib/workload.ts'
import { feedWorkloads } from './workloads/feed.ts'
import { icalWorkloads } from './workloads/ical.ts'
import { multistatusWorkload } from './workloads/multistatus.ts'
import { recurrenceWorkloads } from './workloads/recurrence.ts'
import { sqliteWorkloads } from './workloads/sqlite.ts'
import { startWorkload } from './workloads/start.ts'
import { manyJobs } from './workloads/w12-many-jobs.ts'

export const workloads: readonly Workload[] = [
  ...icalWorkloads,
  ...recurrenceWorkloads,
  ...feedWorkloads,
  startWorkload,
  multistatusWorkload,
  ...sqliteWorkloads,
  manyJobs,
]
