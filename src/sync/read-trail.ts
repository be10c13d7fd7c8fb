import { clientFamily } from '../core/readers.ts'
import type { EpochMs } from '../core/types.ts'
import { KEPT_READS } from '../store/reads.ts'
import type { LinkRead, ReadCount } from '../store/served-types.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Timers } from './scheduler.ts'
import type { ReadTrail } from './types.ts'

/** Reads are written together, so that no reader waits for the disk. */
const WRITE_AFTER_MS = 2_000
/** User agents whose family is remembered, and how long each may be. */
const KNOWN_AGENTS = 200
const LONGEST_AGENT = 300

/** What is to be written of one link: the reads that will be kept, and the count of those that were more. */
interface Noted {
  readonly latest: LinkRead[]
  readonly counts: Map<string, ReadCount>
}

export function createReadTrail(
  { store, clock, log }: Pick<EngineDeps, 'store' | 'clock' | 'log'>,
  timers: Timers,
): ReadTrail {
  let noted = new Map<number, Noted>()
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
    const links = [...noted.values()]
    noted = new Map()
    if (links.length === 0) return
    const reads = links.flatMap(({ latest }) => latest)
    try {
      store.reads.add(
        reads,
        links.flatMap(({ counts }) => [...counts.values()]),
      )
    } catch (thrown) {
      log.warn('The trail of reads could not be written', { reads: reads.length, reason: String(thrown) })
    }
  }

  return {
    note(linkId, userAgent, status, bytes) {
      const at: EpochMs = clock.now()
      let link = noted.get(linkId)
      if (link === undefined) {
        link = { latest: [], counts: new Map() }
        noted.set(linkId, link)
      }
      link.latest.push({ link_id: linkId, at, client: familyOf(userAgent), status, bytes })
      if (link.latest.length > KEPT_READS) countOldest(link)
      timer ??= timers.set(flush, WRITE_AFTER_MS)
    },
    flush,
  }
}

/** However many read, only so many reads are held. */
function countOldest({ latest, counts }: Noted): void {
  const oldest = latest.shift()
  if (oldest === undefined || oldest.status >= 400) return
  const { link_id, client, at } = oldest
  const before = counts.get(client)
  counts.set(client, {
    link_id,
    client,
    reads: (before?.reads ?? 0) + 1,
    first_at: before?.first_at ?? at,
    last_at: at,
  })
}
