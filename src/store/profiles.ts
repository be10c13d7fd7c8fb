import type { ServerProfile } from '../core/server-profile.ts'
import type { Database } from './db.ts'
import type { ProfileStore, StoredProfile } from './types.ts'

interface ProfileRow {
  readonly origin: string
  readonly username: string
  readonly software: string | null
  readonly syncCollection: number | null
  readonly dataInSync: number | null
  readonly batch: number
  readonly writers: number
  readonly learntAt: number
}

const SELECT = `SELECT origin, username, software, sync_collection AS syncCollection, data_in_sync AS dataInSync, batch,
  writers, learnt_at AS learntAt FROM server_profiles`

export function profileStore(database: Database): ProfileStore {
  return {
    list: () => database.all<ProfileRow>(`${SELECT} ORDER BY origin, username`).map(toProfile),
    get: (origin, username) => {
      const row = database.get<ProfileRow>(`${SELECT} WHERE origin = ? AND username = ?`, origin, username)
      return row && toProfile(row).profile
    },
    put: ({ origin, username, profile, learntAt }) => {
      database.run(
        `INSERT OR REPLACE INTO server_profiles (origin, username, software, sync_collection, data_in_sync, batch,
          writers, learnt_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        origin,
        username,
        profile.software,
        asNumber(profile.syncCollection),
        asNumber(profile.dataInSync),
        profile.batch,
        profile.writers,
        learntAt,
      )
    },
  }
}

function toProfile({ origin, username, learntAt, ...row }: ProfileRow): StoredProfile {
  const profile: ServerProfile = {
    software: row.software,
    syncCollection: asTruth(row.syncCollection),
    dataInSync: asTruth(row.dataInSync),
    batch: row.batch,
    writers: row.writers,
  }
  return { origin, username, profile, learntAt }
}

function asNumber(value: boolean | null): number | null {
  return value === null ? null : Number(value)
}

function asTruth(value: number | null): boolean | null {
  return value === null ? null : value !== 0
}
