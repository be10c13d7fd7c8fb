'use client'

import { useRouter } from 'next/navigation'
import { useSources } from '../lib/queries.ts'
import { nav } from '../texts.ts'
import { ItemPage } from './item-page.tsx'
import { useSourceDialogs } from './source-dialogs.tsx'
import { SourceSettings } from './source-settings.tsx'
import { WithId } from './with-id.tsx'

/** The page of one source. */
export function SourcePage() {
  return <WithId above={{ href: '/sources', label: nav.sources }}>{(id) => <Shown key={id} id={id} />}</WithId>
}

function Shown({ id }: { readonly id: number }) {
  const router = useRouter()
  const dialogs = useSourceDialogs(() => router.push('/sources'))
  return (
    <>
      <ItemPage kind="source" id={id} query={useSources()} dialogs={dialogs}>
        {(source) => <SourceSettings source={source} onEdit={() => dialogs.edit(source)} />}
      </ItemPage>
      {dialogs.shown}
    </>
  )
}
