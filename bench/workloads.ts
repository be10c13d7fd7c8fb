/** All workloads in the order of the table. */
import type { Workload } from './lib/workload.ts'
import { manyJobs } from './workloads/w12-many-jobs.ts'

export const workloads: readonly Workload[] = [manyJobs]
