import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testStore } from '../../test/fakes/world.ts'
import { newProfile } from '../core/server-profile.ts'
import { createProfiles } from './profiles.ts'

test('a profile belongs to an account, whatever path its items use, and outlives a restart once something is learnt', (t) => {
  const clock = { now: () => 5 }
  const store = testStore(t, clock)
  const profiles = createProfiles(store, clock)
  const profile = profiles.of({ url: 'https://a.example/dav/one/', username: 'ann' })
  assert.equal(profiles.of({ url: 'https://a.example/dav/two/', username: 'ann' }), profile)
  assert.notEqual(profiles.of({ url: 'https://a.example/dav/one/', username: 'ben' }), profile)
  const account = { url: 'https://a.example/dav/two/', username: 'ann' }
  profiles.save(account)
  assert.deepEqual(store.profiles.list(), [])
  Object.assign(profile, { software: 'x', dataInSync: false, writers: 3 })
  profiles.save({ ...account, username: 'ben' })
  assert.deepEqual(store.profiles.list(), [])
  profiles.save(account)
  const again = createProfiles(store, clock).of({ url: 'https://a.example/', username: 'ann' })
  assert.deepEqual(again, { ...newProfile(), software: 'x', dataInSync: false, writers: 3 })
  assert.deepEqual(store.profiles.list().length, 1)
})
