'use client'

import { formatExact, formatRelative } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { state } from '../texts.ts'

/** A time to come, `in 55 minutes`, with the exact time on hover; `due now` once it has passed. */
export function DueTime({ at }: { readonly at: number }) {
  const now = useNow()
  if (now === null) return null
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {at <= now ? state.dueNow : formatRelative(at, now)}
    </time>
  )
}
