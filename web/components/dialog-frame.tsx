'use client'

import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  type DialogOpenChangeData,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import type { ReactNode, SubmitEvent } from 'react'

const useStyles = makeStyles({
  surface: {
    padding: 0,
    width: '95vw',
    maxWidth: 'min(560px, 95vw)',
    overflow: 'hidden',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    background: tokens.colorNeutralBackground1,
    '@media screen and (max-width: 480px)': { maxWidth: '95vw' },
  },
  body: { gap: 0, maxHeight: 'calc(100dvh - 32px)' },
  title: { margin: 0, padding: '24px 24px 12px' },
  content: { margin: 0, padding: '4px 24px 24px', overflowWrap: 'anywhere', fontSize: tokens.fontSizeBase300 },
  // The strip of a Windows 11 dialog: its buttons share the width.
  actions: {
    gridColumn: '1 / -1',
    justifySelf: 'stretch',
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: '1fr',
    gap: tokens.spacingHorizontalS,
    padding: '24px',
    background: 'var(--appDialogFooter)',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media screen and (max-width: 480px)': { gridAutoFlow: 'column', justifySelf: 'stretch', padding: '16px 24px' },
  },
})

interface DialogFrameProps {
  readonly open: boolean
  readonly title: string
  /** Questions that need an answer (`alert`) do not close by a click outside. */
  readonly modalType?: 'modal' | 'alert'
  readonly onOpenChange: (data: DialogOpenChangeData) => void
  /** Makes the dialog a form. */
  readonly onSubmit?: (event: SubmitEvent<HTMLFormElement>) => void
  /** Cancel first: a question begins with the focus on its first button, and Enter pressed twice must do no harm. */
  readonly actions: ReactNode
  readonly children: ReactNode
}

export function DialogFrame({
  open,
  title,
  modalType = 'modal',
  onOpenChange,
  onSubmit,
  actions,
  children,
}: DialogFrameProps) {
  const styles = useStyles()
  const body = (
    <DialogBody className={styles.body ?? ''}>
      <DialogTitle className={styles.title ?? ''} action={null}>
        {title}
      </DialogTitle>
      <DialogContent className={styles.content ?? ''}>{children}</DialogContent>
      <DialogActions className={styles.actions ?? ''} fluid>
        {actions}
      </DialogActions>
    </DialogBody>
  )
  return (
    <Dialog open={open} modalType={modalType} onOpenChange={(_, data) => onOpenChange(data)}>
      {/* A press outside must not take the focus out of a dialog that stays open. */}
      <DialogSurface className={styles.surface ?? ''} backdrop={{ onMouseDown: (event) => event.preventDefault() }}>
        {onSubmit ? (
          <form noValidate autoComplete="off" onSubmit={onSubmit}>
            {body}
          </form>
        ) : (
          body
        )}
      </DialogSurface>
    </Dialog>
  )
}
