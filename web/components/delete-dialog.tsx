'use client'

import { Button } from '@fluentui/react-components'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../lib/api.ts'
import { useDelete } from '../lib/changes.ts'
import type { Kind } from '../lib/types.ts'
import { actions, confirmDelete } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { DialogFrame } from './dialog-frame.tsx'

/** A little less than the ten minutes of the service, so that no offer comes too late. */
const undoHoldsFor = 595_000

interface DeleteDialogProps {
  readonly kind: Kind
  readonly item: { readonly id: number; readonly name: string }
  readonly open: boolean
  readonly onClose: () => void
  readonly onDeleted?: () => void
}

export function DeleteDialog({ kind, item, open, onClose, onDeleted }: DeleteDialogProps) {
  const alert = useAlert()
  const client = useQueryClient()
  const restore = async () => {
    try {
      alert('success', (await api.restore(kind, item.id)).message)
    } catch (thrown) {
      alert('error', thrown instanceof Error ? thrown.message : String(thrown))
    }
    await client.invalidateQueries()
  }
  const remove = useDelete(kind, item.id, {
    onSuccess: (answer) => {
      alert('success', `${item.name}: ${answer.message}`, {
        label: actions.undo,
        act: () => void restore(),
        holdsFor: undoHoldsFor,
      })
      onClose()
      onDeleted?.()
    },
    onError: (error) => {
      alert('error', error.message)
      onClose()
    },
  })
  return (
    <DialogFrame
      open={open}
      title={confirmDelete.title}
      onOpenChange={(data) => {
        if (!data.open && !remove.isPending) onClose()
      }}
      actions={
        <>
          <Button disabled={remove.isPending} onClick={onClose}>
            {actions.cancel}
          </Button>
          <Button appearance="primary" disabledFocusable={remove.isPending} onClick={() => remove.mutate()}>
            {remove.isPending ? confirmDelete.deleting : actions.delete}
          </Button>
        </>
      }
    >
      <p>{confirmDelete.question(item.name)}</p>
      <p>{confirmDelete[kind]}</p>
    </DialogFrame>
  )
}
