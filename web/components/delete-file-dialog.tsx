'use client'

import { Button } from '@fluentui/react-components'
import { api } from '../lib/api.ts'
import { useAction } from '../lib/changes.ts'
import { actions, settings as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { DialogFrame } from './dialog-frame.tsx'

interface DeleteFileDialogProps {
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Asks before a stored calendar file is deleted. */
export function DeleteFileDialog({ name, open, onClose }: DeleteFileDialogProps) {
  const alert = useAlert()
  const deletion = useAction(() => api.deleteImport(name), [['imports']])
  const remove = async () => {
    try {
      alert('success', (await deletion.mutateAsync(undefined)).message)
    } catch (thrown) {
      alert('error', thrown instanceof Error ? thrown.message : String(thrown))
    }
    onClose()
  }
  return (
    <DialogFrame
      open={open}
      title={texts.fileConfirm}
      onOpenChange={(data) => {
        if (!data.open && !deletion.isPending) onClose()
      }}
      actions={
        <>
          <Button disabled={deletion.isPending} onClick={onClose}>
            {actions.cancel}
          </Button>
          <Button
            appearance="primary"
            disabledFocusable={deletion.isPending}
            onClick={() => {
              if (!deletion.isPending) void remove()
            }}
          >
            {deletion.isPending ? texts.fileDeleting : texts.fileConfirmed}
          </Button>
        </>
      }
    >
      <p>{texts.fileQuestion(name)}</p>
    </DialogFrame>
  )
}
