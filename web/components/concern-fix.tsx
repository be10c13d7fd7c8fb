'use client'

import { Button } from '@fluentui/react-components'
import dynamic from 'next/dynamic'
import type { Concern } from '../lib/attention.ts'
import { useIsSyncing, useSync } from '../lib/changes.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { attention } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { LinkButton } from './link-button.tsx'

const SignInDialog = dynamic(() => import('./sign-in-dialog.tsx').then((module) => module.SignInDialog), { ssr: false })

type Fix = Concern['fix']
type SignIn = Extract<Fix, { do: 'sign-in' }>

/** The dialog that asks for a refused login again; `shown` belongs at the end of the page. */
export function useSignIn() {
  const { shown, show, close } = useDialog<SignIn>()
  return {
    show,
    shown: shown && (
      <SignInDialog
        key={shown.key}
        kind={shown.target.kind}
        item={shown.target.item}
        open={shown.open}
        onClose={close}
      />
    ),
  }
}

export interface ConcernFixProps {
  readonly concern: Pick<Concern, 'title' | 'fix'>
  readonly onSignIn: (fix: SignIn) => void
}

/** The button that mends what waits for a person. */
export function ConcernFix({ concern: { title, fix }, onSignIn }: ConcernFixProps) {
  if (fix.do === 'sync') return <TryAgain fix={fix} />
  const label = `${fix.label}: ${title}`
  if (fix.do === 'open') {
    return (
      <LinkButton href={fix.href} label={label}>
        {fix.label}
      </LinkButton>
    )
  }
  return (
    <Button appearance="primary" aria-label={label} onClick={() => onSignIn(fix)}>
      {fix.label}
    </Button>
  )
}

function TryAgain({ fix: { kind, item, label } }: { readonly fix: Extract<Fix, { do: 'sync' }> }) {
  const alert = useAlert()
  const syncing = useIsSyncing(kind, item.id)
  const sync = useSync(kind, item.id, {
    onSuccess: (answer) => alert('success', `${item.name}: ${answer.message}`),
    onError: (error) => alert('error', `${item.name}: ${error.message}`),
  })
  const word = syncing ? attention.trying : label
  return (
    <Button
      aria-label={`${word}: ${item.name}`}
      disabledFocusable={syncing}
      onClick={() => {
        if (!syncing) sync.mutate()
      }}
    >
      {word}
    </Button>
  )
}
