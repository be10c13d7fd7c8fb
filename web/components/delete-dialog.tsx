'use client'

import { Button } from '@fluentui/react-components'
import { type Kind, useDelete } from '../lib/queries.ts'
import { actions, confirmDelete } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { DialogFrame } from './dialog-frame.tsx'

interface DeleteDialogProps {
  readonly kind: Kind
  readonly item: { readonly id: number; readonly name: string }
  readonly open: boolean
  readonly onClose: () => void
}

export function DeleteDialog({ kind, item, open, onClose }: DeleteDialogProps) {
  const alert = useAlert()
  const remove = useDelete(kind, item.id, {
    onSuccess: (answer) => {
      alert('success', answer.message)
      onClose()
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
      {confirmDelete.question(item.name)}
    </DialogFrame>
  )
}
