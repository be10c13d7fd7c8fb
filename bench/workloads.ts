/** All workloads in the order of the table. */
import type { Workload } from './lib/workload.ts'
import { firstReads } from './workloads/w1.ts'

export const workloads: readonly Workload[] = [...firstReads]
