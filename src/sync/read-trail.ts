import { clientFamily } from '../core/readers.ts'
import type { EpochMs } from '../core/types.ts'
import type { LinkRead } from '../store/served-types.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Timers } from './scheduler.ts'
import type { ReadTrail } from './types.ts'

/** Reads are written together, so that no reader waits for the disk. */
const WRITE_AFTER_MS = 2_000
const WRITE_AT_ONCE = 5_000
/** User agents whose family is remembered, and how long each may be. */
const KNOWN_AGENTS = 200
const LONGEST_AGENT = 300

export function createReadTrail(
  { store, clock, log }: Pick<EngineDeps, 'store' | 'clock' | 'log'>,
  timers: Timers,
): ReadTrail {
  let noted: LinkRead[] = []
  let timer: unknown = null
  const families = new Map<string, string>()

  /** A busy reader sends the same words each time, and looking through all families costs more than the answer. */
  function familyOf(userAgent: string | undefined): string {
    if (userAgent === undefined || userAgent.length > LONGEST_AGENT) return clientFamily(userAgent)
    let family = families.get(userAgent)
    if (family === undefined) {
      if (families.size >= KNOWN_AGENTS) families.clear()
      family = clientFamily(userAgent)
      families.set(userAgent, family)
    }
    return family
  }

  function flush(): void {
    timers.clear(timer)
    timer = null
    const reads = noted
    noted = []
    if (reads.length === 0) return
    try {
      store.reads.add(reads)
    } catch (thrown) {
      log.warn('The trail of reads could not be written', { reads: reads.length, reason: String(thrown) })
    }
  }

  return {
    note(linkId, userAgent, status, bytes) {
      const at: EpochMs = clock.now()
      noted.push({ link_id: linkId, at, client: familyOf(userAgent), status, bytes })
      if (noted.length >= WRITE_AT_ONCE) flush()
      else timer ??= timers.set(flush, WRITE_AFTER_MS)
    },
    flush,
  }
}
