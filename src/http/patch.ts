/** Reading updates: what an absent, null, blank or masked field means (contract 1.2). */
import { ApiError } from './errors.ts'
import { isRedacted, redactUrl } from './redact.ts'

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> }

/** The fields that were given; null means the same as absent. */
export function dropAbsent<T extends object>(given: T): Present<T> {
  const present: Present<T> = {}
  for (const key of Object.keys(given) as (keyof T)[]) {
    const value = given[key]
    if (value !== null && value !== undefined) present[key] = value
  }
  return present
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that were given; here null is a value of its own. */
export function onlyGiven<T extends object>(given: T): Given<T> {
  const present: Given<T> = {}
  for (const key of Object.keys(given) as (keyof T)[]) {
    const value = given[key]
    if (value !== undefined) present[key] = value as Exclude<T[keyof T], undefined>
  }
  return present
}

/** The password to store on update; null keeps the stored one, which is what a blank field means. */
export function newPassword(given: string | null | undefined): string | null {
  return given === null || given === undefined || given.trim() === '' ? null : given
}

/**
 * The address to store on update. Sent back as it was shown, with its password masked, it is unchanged; the mask in any
 * other address stands for nothing.
 */
export function keepStored(given: string | undefined, stored: string): string {
  if (given === undefined || given === redactUrl(stored)) return stored
  if (isRedacted(given)) throw new ApiError(400, 'The URL was changed; enter the password in it again instead of ***')
  return given
}

/** The settings that differ from what is stored; a field that was not given is not written, whatever its row holds. */
export function changedOnly<T extends object>(settings: T, before: T): Partial<T> {
  const changed: Partial<T> = {}
  for (const key of Object.keys(settings) as (keyof T)[])
    if (settings[key] !== before[key]) changed[key] = settings[key]
  return changed
}

/** Intervals beyond what a number holds exactly, some 285 million years, are cut to that. */
export function keptInterval(seconds: number): number {
  return Math.min(seconds, Number.MAX_SAFE_INTEGER)
}
