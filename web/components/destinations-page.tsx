'use client'

import { ArrowUploadRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useDestinations } from '../lib/queries.ts'
import type { Destination } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { destinations as texts } from '../texts.ts'
import { DestinationRow } from './destination-row.tsx'
import { ItemList } from './item-list.tsx'
import { PageHeading } from './page-heading.tsx'

const loadDestinationDialog = () => import('./destination-dialog.tsx')
const loadDeleteDialog = () => import('./delete-dialog.tsx')
const DestinationDialog = dynamic(() => loadDestinationDialog().then((module) => module.DestinationDialog), {
  ssr: false,
})
const DeleteDialog = dynamic(() => loadDeleteDialog().then((module) => module.DeleteDialog), { ssr: false })

export function DestinationsPage() {
  const destinations = useDestinations()
  const form = useDialog<Destination | null>()
  const removal = useDialog<Destination>()
  return (
    <>
      <PageHeading
        title={texts.heading}
        intro={texts.intro}
        addLabel={texts.add}
        onAdd={() => form.show(null)}
        onNear={loadDestinationDialog}
      />
      <ItemList
        query={destinations}
        texts={texts}
        emptyIcon={<ArrowUploadRegular />}
        row={(destination) => (
          <DestinationRow
            key={destination.id}
            destination={destination}
            onEdit={() => form.show(destination)}
            onDelete={() => removal.show(destination)}
          />
        )}
      />
      {form.shown && (
        <DestinationDialog
          key={form.shown.key}
          destination={form.shown.target}
          open={form.shown.open}
          onClose={form.close}
        />
      )}
      {removal.shown && (
        <DeleteDialog
          key={removal.shown.key}
          kind="destination"
          item={removal.shown.target}
          open={removal.shown.open}
          onClose={removal.close}
        />
      )}
    </>
  )
}
