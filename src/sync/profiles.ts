import { isDeepStrictEqual } from 'node:util'
import { newProfile, type ServerProfile } from '../core/server-profile.ts'
import type { Clock } from '../core/types.ts'
import type { Store } from '../store/types.ts'

/** What is learnt of servers, by account. */
export interface Profiles {
  /** The profile of this account, to be learnt into; the same one for all its items. */
  of(account: Owner): ServerProfile
  /** Stores what has been learnt of this account, where that is new. */
  save(account: Owner): void
}

interface Owner {
  readonly url: string
  readonly username: string
}

interface Held {
  readonly profile: ServerProfile
  stored: ServerProfile | undefined
}

/** Profiles are read from the store once, and learnt into in memory. */
export function createProfiles(store: Store, clock: Clock): Profiles {
  const held = new Map<string, Held>()
  const keyOf = (origin: string, username: string) => JSON.stringify([origin, username])
  return {
    of({ url, username }) {
      const origin = serverOf(url)
      const key = keyOf(origin, username)
      const known = held.get(key)
      if (known) return known.profile
      const stored = store.profiles.get(origin, username)
      const profile = stored ? { ...stored } : newProfile()
      held.set(key, { profile, stored })
      return profile
    },
    save({ url, username }) {
      const origin = serverOf(url)
      const entry = held.get(keyOf(origin, username))
      if (entry === undefined || isDeepStrictEqual(entry.profile, entry.stored ?? newProfile())) return
      const { profile } = entry
      store.profiles.put({ origin, username, profile, learntAt: clock.now() })
      entry.stored = { ...profile }
    },
  }
}

/** Scheme, host and port; what is no URL stands for itself. */
export function serverOf(url: string): string {
  return URL.parse(url.trim())?.origin ?? url
}
