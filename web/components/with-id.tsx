'use client'

import { useSearchParams } from 'next/navigation'
import { type ReactNode, Suspense } from 'react'
import { page as texts } from '../texts.ts'
import { PlainMessage } from './plain-message.tsx'

interface WithIdProps {
  /** The list this page's item stands in. */
  readonly above: { readonly href: string; readonly label: string }
  readonly children: (id: number) => ReactNode
}

/** Reads `?id=` of the address; a page without one says so. */
export function WithId(props: WithIdProps) {
  return (
    <Suspense>
      <Found {...props} />
    </Suspense>
  )
}

function Found({ above, children }: WithIdProps) {
  const id = Number(useSearchParams().get('id') ?? '')
  if (Number.isSafeInteger(id) && id > 0) return children(id)
  return <PlainMessage title={texts.noIdTitle} text={texts.noId} link={{ href: above.href, label: above.label }} />
}
