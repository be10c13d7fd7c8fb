/** All workloads in the order of the table. */
import type { Workload } from './lib/workload.ts'

export const workloads: readonly Workload[] = []
