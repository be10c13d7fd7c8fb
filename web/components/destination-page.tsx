'use client'

import { useRouter } from 'next/navigation'
import { useDestinations } from '../lib/queries.ts'
import { nav } from '../texts.ts'
import { useDestinationDialogs } from './destination-dialogs.tsx'
import { DestinationSettings } from './destination-settings.tsx'
import { ItemPage } from './item-page.tsx'
import { PlanCard } from './plan-card.tsx'
import { WithId } from './with-id.tsx'

/** The page of one destination. */
export function DestinationPage() {
  return (
    <WithId above={{ href: '/destinations', label: nav.destinations }}>{(id) => <Shown key={id} id={id} />}</WithId>
  )
}

function Shown({ id }: { readonly id: number }) {
  const router = useRouter()
  const dialogs = useDestinationDialogs(() => router.push('/destinations'))
  return (
    <>
      <ItemPage kind="destination" id={id} query={useDestinations()} dialogs={dialogs}>
        {(destination) => (
          <>
            <PlanCard destination={destination} />
            <DestinationSettings destination={destination} onEdit={() => dialogs.edit(destination)} />
          </>
        )}
      </ItemPage>
      {dialogs.shown}
    </>
  )
}
