'use client'

import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { QrCodeRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useDialog } from '../lib/use-dialog.ts'
import { actions, links as texts } from '../texts.ts'

const loadDialog = () => import('./subscribe-dialog.tsx')
const SubscribeDialog = dynamic(() => loadDialog().then((module) => module.SubscribeDialog), { ssr: false })

interface QrButtonProps {
  readonly linkId: number
  /** What the link is called, for the title and for screen readers. */
  readonly name: string
}

/** Shows a link's QR code and how to subscribe to it. */
export function QrButton({ linkId, name }: QrButtonProps) {
  const focusComesBack = useRestoreFocusTarget()
  const dialog = useDialog<null>()
  return (
    <>
      <Button
        {...focusComesBack}
        size="small"
        appearance="subtle"
        icon={<QrCodeRegular />}
        aria-label={actions.named(texts.qr, name)}
        title={texts.qr}
        onPointerEnter={loadDialog}
        onFocus={loadDialog}
        onClick={() => dialog.show(null)}
      />
      {dialog.shown && (
        <SubscribeDialog
          key={dialog.shown.key}
          linkId={linkId}
          name={name}
          open={dialog.shown.open}
          onClose={dialog.close}
        />
      )}
    </>
  )
}
