'use client'

import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import { ArrowSyncRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons'
import { type Kind, useIsSyncing, useSync } from '../lib/queries.ts'
import { actions } from '../texts.ts'
import { useAlert } from './alerts.tsx'

const useStyles = makeStyles({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalL,
    '& > button': { minWidth: 'auto' },
  },
})

interface RowActionsProps {
  readonly kind: Kind
  readonly item: { readonly id: number; readonly name: string }
  readonly onEdit: () => void
  readonly onDelete: () => void
}

export function RowActions({ kind, item, onEdit, onDelete }: RowActionsProps) {
  const styles = useStyles()
  const alert = useAlert()
  const focusComesBack = useRestoreFocusTarget()
  const syncing = useIsSyncing(kind, item.id)
  const sync = useSync(kind, item.id, {
    onSuccess: (answer) => alert('success', `${item.name}: ${answer.message}`),
    onError: (error) => alert('error', `${item.name}: ${error.message}`),
  })

  const start = () => {
    if (!syncing) sync.mutate()
  }
  const named = (action: string) => actions.named(action, item.name)
  return (
    <div className={styles.actions}>
      {/* Focusable while disabled: the keyboard keeps its place. */}
      <Button appearance="primary" icon={<ArrowSyncRegular />} disabledFocusable={syncing} onClick={start}>
        {syncing ? actions.syncing : actions.syncNow}
      </Button>
      <Button {...focusComesBack} icon={<EditRegular />} aria-label={named(actions.edit)} onClick={onEdit}>
        {actions.edit}
      </Button>
      <Button {...focusComesBack} icon={<DeleteRegular />} aria-label={named(actions.delete)} onClick={onDelete}>
        {actions.delete}
      </Button>
    </div>
  )
}
