'use client'

import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components'
import {
  ArrowSyncRegular,
  CopyAddRegular,
  DeleteRegular,
  EditRegular,
  OpenRegular,
  PauseRegular,
  PlayRegular,
} from '@fluentui/react-icons'
import { useIsSyncing, usePause, useSync } from '../lib/changes.ts'
import type { Item, Kind } from '../lib/types.ts'
import { actions } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { LinkButton } from './link-button.tsx'

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
  readonly item: Pick<Item, 'id' | 'name' | 'paused'>
  /** Whether the page of the item is one press away; on that page itself it is not, and pausing is a switch there. */
  readonly opens?: boolean
  readonly onEdit: () => void
  readonly onDuplicate: () => void
  readonly onDelete: () => void
}

export function RowActions({ kind, item, opens = true, onEdit, onDuplicate, onDelete }: RowActionsProps) {
  const styles = useStyles()
  const alert = useAlert()
  const focusComesBack = useRestoreFocusTarget()
  const syncing = useIsSyncing(kind, item.id)
  const report = {
    onSuccess: (answer: { readonly message: string }) => alert('success', `${item.name}: ${answer.message}`),
    onError: (error: Error) => alert('error', `${item.name}: ${error.message}`),
  }
  const sync = useSync(kind, item.id, report)
  const pause = usePause(kind, item.id, {
    ...report,
    onSuccess: (paused) => alert('success', paused ? actions.pausedNow(item.name) : actions.resumed(item.name)),
  })

  const start = () => {
    if (!syncing) sync.mutate()
  }
  const named = (action: string) => actions.named(action, item.name)
  const pauseLabel = item.paused ? actions.resume : actions.pause
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
      {opens && (
        <Button
          icon={item.paused ? <PlayRegular /> : <PauseRegular />}
          aria-label={named(pauseLabel)}
          disabledFocusable={pause.isPending}
          onClick={() => pause.mutate(!item.paused)}
        >
          {pauseLabel}
        </Button>
      )}
      <Button {...focusComesBack} icon={<CopyAddRegular />} aria-label={named(actions.duplicate)} onClick={onDuplicate}>
        {actions.duplicate}
      </Button>
      {opens && (
        <LinkButton
          href={`/${kind}s/view?id=${item.id}`}
          icon={<OpenRegular aria-hidden />}
          label={named(actions.open)}
        >
          {actions.open}
        </LinkButton>
      )}
    </div>
  )
}
