'use client'

import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useId, useState } from 'react'
import { api } from '../lib/api.ts'
import { useAction } from '../lib/changes.ts'
import type { RunAnswer, RunDetails } from '../lib/types.ts'
import { actions, runPage as texts } from '../texts.ts'
import { DialogFrame } from './dialog-frame.tsx'
import { ProblemBar } from './query-view.tsx'

const useStyles = makeStyles({
  list: { margin: `0 0 ${tokens.spacingVerticalM}`, paddingLeft: '20px' },
  about: { marginInlineStart: '28px', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  check: { marginInlineStart: '-8px', alignItems: 'flex-start' },
})

interface UndoDialogProps {
  readonly run: RunDetails
  readonly open: boolean
  readonly onClose: () => void
  readonly onUndone: (answer: RunAnswer) => void
}

const kinds = ['create', 'update', 'delete'] as const

/** Says what taking a run back will do, and does it. */
export function UndoDialog({ run, open, onClose, onUndone }: UndoDialogProps) {
  const styles = useStyles()
  const aboutId = useId()
  const [includeEdited, setIncludeEdited] = useState(false)
  const undo = useAction(
    () => api.undo(run.id, includeEdited),
    [['run'], ['runs', run.kind, run.item_id], [run.kind], ['overview'], ['events']],
  )
  // A large run lists only a part of what it did; its counts know all.
  const { created, updated, deleted } = run.counts
  const counted = { create: created, update: updated, delete: deleted }
  const done = run.operations.filter(({ result }) => result === 'done')
  const confirm = () => {
    if (undo.isPending) return
    undo.mutate(undefined, {
      onSuccess: (answer) => {
        onUndone(answer)
        onClose()
      },
    })
  }
  return (
    <DialogFrame
      open={open}
      title={texts.undoTitle(run.id)}
      onOpenChange={(data) => {
        if (!data.open && !undo.isPending) onClose()
      }}
      actions={
        <>
          <Button disabled={undo.isPending} onClick={onClose}>
            {actions.cancel}
          </Button>
          <Button appearance="primary" disabledFocusable={undo.isPending} onClick={confirm}>
            {undo.isPending ? texts.undoing : texts.undo}
          </Button>
        </>
      }
    >
      <ul className={styles.list}>
        {kinds.map((kind) => {
          const count = counted[kind] ?? done.filter((operation) => operation.kind === kind).length
          return count > 0 && <li key={kind}>{texts.undoWill[kind](count)}</li>
        })}
      </ul>
      <p>{texts.undoAfter}</p>
      <Checkbox
        className={styles.check ?? ''}
        checked={includeEdited}
        disabled={undo.isPending}
        onChange={(_, data) => setIncludeEdited(data.checked === true)}
        label={texts.undoEdited}
        aria-describedby={aboutId}
      />
      <div id={aboutId} className={styles.about}>
        {texts.undoEditedAbout}
      </div>
      {undo.error !== null && <ProblemBar intent="error" text={undo.error.message} />}
    </DialogFrame>
  )
}
