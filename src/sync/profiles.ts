import { isDeepStrictEqual } from 'node:util'
import { newProfile, type ServerProfile } from '../core/server-profile.ts'
import type { Clock } from '../core/types.ts'
import type { Store } from '../store/types.ts'

/** What is learnt of servers, by account. */
export interface Profiles {
  /** The profile of this account, to be learnt into; the same one for all its items. */
  of(account: { readonly url: string; readonly username: string }): ServerProfile
  /** Stores what has changed. */
  save(): void
}

interface Held {
  readonly origin: string
  readonly username: string
  readonly profile: ServerProfile
  stored: ServerProfile | undefined
}

/** Profiles are read from the store once, and learnt into in memory. */
export function createProfiles(store: Store, clock: Clock): Profiles {
  const held = new Map<string, Held>()
  return {
    of({ url, username }) {
      const origin = serverOf(url)
      const key = JSON.stringify([origin, username])
      const known = held.get(key)
      if (known) return known.profile
      const stored = store.profiles.get(origin, username)
      const profile = stored ? { ...stored } : newProfile()
      held.set(key, { origin, username, profile, stored })
      return profile
    },
    save() {
      for (const entry of held.values()) {
        const { origin, username, profile } = entry
        if (isDeepStrictEqual(profile, entry.stored ?? newProfile())) continue
        store.profiles.put({ origin, username, profile, learntAt: clock.now() })
        entry.stored = { ...profile }
      }
    },
  }
}

/** Scheme, host and port; what is no URL stands for itself. */
export function serverOf(url: string): string {
  return URL.parse(url.trim())?.origin ?? url
}
