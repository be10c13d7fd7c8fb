'use client'

import { formatExact, formatRelative } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'

/** A time gone by, `5 minutes ago`, kept current; the exact time on hover. Empty until the reader's clock is known. */
export function RelativeTime({ at }: { readonly at: number }) {
  const now = useNow()
  if (now === null) return null
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {/* What happened since the last tick is not in the future. */}
      {formatRelative(Math.min(at, now), now)}
    </time>
  )
}
