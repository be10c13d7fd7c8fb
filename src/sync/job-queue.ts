/** A piece of work that waits for a free place. */
export interface Job {
  /** Hosts it will talk to; each has a limit of its own. */
  readonly hosts: readonly string[]
  /** Jobs somebody waits for go before the others. */
  readonly urgent: boolean
  readonly start: () => Promise<void>
}

export interface JobQueue {
  add(job: Job): void
  /** Takes a job back that has not begun; false where it has. */
  withdraw(job: Job): boolean
}

export interface QueueLimits {
  readonly atOnce: number
  readonly atOncePerHost: number
}

/** Runs jobs in the order they came, urgent ones first, within a limit in all and one per host. */
export function createJobQueue(limits: QueueLimits): JobQueue {
  const waiting: Job[] = []
  const busyHosts = new Map<string, number>()
  let running = 0

  const fits = (job: Job) =>
    running < limits.atOnce && job.hosts.every((host) => (busyHosts.get(host) ?? 0) < limits.atOncePerHost)

  const occupy = (job: Job, by: 1 | -1) => {
    running += by
    for (const host of job.hosts) {
      const count = (busyHosts.get(host) ?? 0) + by
      if (count === 0) busyHosts.delete(host)
      else busyHosts.set(host, count)
    }
  }

  const advance = () => {
    for (const urgent of [true, false]) {
      for (const job of waiting.filter((candidate) => candidate.urgent === urgent)) {
        if (!fits(job)) continue
        waiting.splice(waiting.indexOf(job), 1)
        occupy(job, 1)
        void job.start().finally(() => {
          occupy(job, -1)
          advance()
        })
      }
    }
  }

  return {
    add(job) {
      waiting.push(job)
      advance()
    },
    withdraw(job) {
      const index = waiting.indexOf(job)
      if (index === -1) return false
      waiting.splice(index, 1)
      return true
    },
  }
}
