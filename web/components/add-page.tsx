'use client'

import { Skeleton, SkeletonItem } from '@fluentui/react-components'
import dynamic from 'next/dynamic'
import type { Kind } from '../lib/types.ts'
import { wizard } from '../texts.ts'

const loading = () => (
  <Skeleton aria-label={wizard.loading}>
    <SkeletonItem size={128} />
  </Skeleton>
)

// What was typed before is read while they are drawn first, which can be done in a browser only.
const SourceWizard = dynamic(() => import('./source-wizard.tsx').then((module) => module.SourceWizard), {
  ssr: false,
  loading,
})
const DestinationWizard = dynamic(() => import('./destination-wizard.tsx').then((module) => module.DestinationWizard), {
  ssr: false,
  loading,
})

/** The page on which a source or a destination is set up step by step. */
export function AddPage({ kind }: { readonly kind: Kind }) {
  return kind === 'source' ? <SourceWizard /> : <DestinationWizard />
}
