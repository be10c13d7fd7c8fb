import { watch } from 'node:fs'
import { scheduledSecs } from '../core/items.ts'
import type { Logger } from '../core/types.ts'
import type { ImportFolder } from '../store/imports.ts'
import type { Store } from '../store/types.ts'
import { namedImport } from './any-feed.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { Timers } from './scheduler.ts'

/** A program that writes a file in pieces is given this long to finish. */
const SETTLE_MS = 2_000
/** Network shares and some containers tell nothing of changes, so the folder is looked at as well. */
const LOOK_EVERY_MS = 60_000

export interface ImportWatchOptions {
  readonly deps: Pick<EngineDeps, 'store' | 'clock' | 'log' | 'imports'>
  readonly timers: Timers
  /** Calls back whenever something in the folder may have changed; gives back how to end that. */
  readonly onChange: (path: string, log: Logger, changed: () => void) => () => void
  readonly onScheduleChanged: () => void
}

/** Lets destinations run soon after the file they are fed from has changed. */
export function createImportWatch({ deps, timers, onChange, onScheduleChanged }: ImportWatchOptions) {
  const { store, clock, log, imports } = deps
  let seen = new Map<string, string>()
  let timer: unknown = null
  let unwatch: () => void = () => undefined

  const look = () => {
    try {
      const now = stampsOf(imports)
      const changed = new Set([...now].filter(([name, stamp]) => seen.get(name) !== stamp).map(([name]) => name))
      seen = now
      if (changed.size > 0 && makeDue(store, changed, clock.now())) onScheduleChanged()
    } catch (thrown) {
      log.warn('The import folder could not be looked at', { path: imports.path, reason: String(thrown) })
    }
    sleep(LOOK_EVERY_MS)
  }
  const sleep = (delayMs: number) => {
    timers.clear(timer)
    timer = timers.set(look, delayMs)
  }

  return {
    start(): void {
      seen = stampsOf(imports)
      unwatch = onChange(imports.path, log, () => sleep(SETTLE_MS))
      sleep(LOOK_EVERY_MS)
    },
    stop(): void {
      unwatch()
      timers.clear(timer)
    },
  }
}

/** The watch of the operating system; where it has none for this folder the regular look has to do. */
export function watchFolder(path: string, log: Logger, changed: () => void): () => void {
  try {
    const watcher = watch(path, { persistent: false }, changed)
    watcher.on('error', (error) => log.warn('The import folder is no longer watched', { path, reason: error.message }))
    return () => watcher.close()
  } catch (thrown) {
    log.debug('The import folder is not watched, only looked at', { path, reason: String(thrown) })
    return () => undefined
  }
}

function stampsOf(imports: ImportFolder): Map<string, string> {
  return new Map(imports.list().map(({ name, bytes, changedAt }) => [name, `${bytes} ${changedAt}`]))
}

/** True where a destination became due; those that run by hand only are left to that. */
function makeDue(store: Store, names: ReadonlySet<string>, now: number): boolean {
  const fed = store.destinations.fedBy('import').filter((destination) => {
    const name = namedImport(destination.ics_url)
    return name !== null && names.has(name) && scheduledSecs(destination) > 0
  })
  for (const { id } of fed) store.schedule.setNext('destination', id, now)
  return fed.length > 0
}
