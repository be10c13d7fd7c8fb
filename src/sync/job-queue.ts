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

/** Jobs that wait, by the hosts they talk to: what waits for a host that is busy is passed over as one. */
type Lines = Map<string, Set<Job>>

/**
 * Runs jobs within a limit in all and one per host, urgent ones first. Hosts take turns; the jobs of one run in the
 * order they came.
 */
export function createJobQueue(limits: QueueLimits): JobQueue {
  const urgent: Lines = new Map()
  const usual: Lines = new Map()
  const busyHosts = new Map<string, number>()
  let running = 0

  const linesOf = (job: Job) => (job.urgent ? urgent : usual)
  const lineName = ({ hosts }: Job) => hosts.join(' ')

  const fits = ({ hosts }: Job) => hosts.every((host) => (busyHosts.get(host) ?? 0) < limits.atOncePerHost)

  const occupy = (job: Job, by: 1 | -1) => {
    running += by
    for (const host of job.hosts) {
      const count = (busyHosts.get(host) ?? 0) + by
      if (count === 0) busyHosts.delete(host)
      else busyHosts.set(host, count)
    }
  }

  /** Takes out the first job that may begin; its line goes behind the others. */
  const next = (lines: Lines): Job | null => {
    for (const [name, line] of lines) {
      const [job] = line
      if (job === undefined || !fits(job)) continue
      line.delete(job)
      lines.delete(name)
      if (line.size > 0) lines.set(name, line)
      return job
    }
    return null
  }

  const advance = () => {
    while (running < limits.atOnce) {
      const job = next(urgent) ?? next(usual)
      if (job === null) return
      occupy(job, 1)
      void job.start().finally(() => {
        occupy(job, -1)
        advance()
      })
    }
  }

  return {
    add(job) {
      const lines = linesOf(job)
      const name = lineName(job)
      const line = lines.get(name) ?? new Set()
      line.add(job)
      lines.set(name, line)
      advance()
    },
    withdraw(job) {
      const lines = linesOf(job)
      const line = lines.get(lineName(job))
      if (line?.delete(job) !== true) return false
      if (line.size === 0) lines.delete(lineName(job))
      return true
    },
  }
}
