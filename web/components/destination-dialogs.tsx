'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import type { Destination } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'

export const loadDestinationDialog = () => import('./destination-dialog.tsx')
const DestinationDialog = dynamic(() => loadDestinationDialog().then((module) => module.DestinationDialog), {
  ssr: false,
})
const DeleteDialog = dynamic(() => import('./delete-dialog.tsx').then((module) => module.DeleteDialog), { ssr: false })

interface Form {
  /** Null: a new one. */
  readonly destination: Destination | null
  /** A new one that begins with the settings of this one. */
  readonly like?: Destination
}

/** The dialogs a destination can be made, changed and deleted in; `shown` belongs at the end of the page. */
export function useDestinationDialogs(onDeleted: () => void = () => undefined) {
  const form = useDialog<Form>()
  const removal = useDialog<Destination>()
  const shown: ReactNode = (
    <>
      {form.shown && (
        <DestinationDialog
          key={form.shown.key}
          destination={form.shown.target.destination}
          {...(form.shown.target.like && { like: form.shown.target.like })}
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
          onDeleted={onDeleted}
        />
      )}
    </>
  )
  return {
    shown,
    create: () => form.show({ destination: null }),
    edit: (destination: Destination) => form.show({ destination }),
    duplicate: (destination: Destination) => form.show({ destination: null, like: destination }),
    remove: removal.show,
  }
}
