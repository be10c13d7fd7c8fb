'use client'

import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'
import type { Source } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'

export const loadSourceDialog = () => import('./source-dialog.tsx')
const SourceDialog = dynamic(() => loadSourceDialog().then((module) => module.SourceDialog), { ssr: false })
const DeleteDialog = dynamic(() => import('./delete-dialog.tsx').then((module) => module.DeleteDialog), { ssr: false })

interface Form {
  /** Null: a new one. */
  readonly source: Source | null
  /** A new one that begins with the settings of this one. */
  readonly like?: Source
}

/** The dialogs a source can be made, changed and deleted in; `shown` belongs at the end of the page. */
export function useSourceDialogs(onDeleted: () => void = () => undefined) {
  const form = useDialog<Form>()
  const removal = useDialog<Source>()
  const shown: ReactNode = (
    <>
      {form.shown && (
        <SourceDialog
          key={form.shown.key}
          source={form.shown.target.source}
          {...(form.shown.target.like && { like: form.shown.target.like })}
          open={form.shown.open}
          onClose={form.close}
        />
      )}
      {removal.shown && (
        <DeleteDialog
          key={removal.shown.key}
          kind="source"
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
    create: () => form.show({ source: null }),
    edit: (source: Source) => form.show({ source }),
    duplicate: (source: Source) => form.show({ source: null, like: source }),
    remove: removal.show,
  }
}
