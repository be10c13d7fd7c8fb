'use client'

import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { ArrowSyncRegular, DeleteRegular } from '@fluentui/react-icons'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '../lib/api.ts'
import { useRefresh } from '../lib/changes.ts'
import type { Link } from '../lib/types.ts'
import { useSave } from '../lib/use-save.ts'
import { linkPage as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { SettingCard } from './card.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** What ends an address for everyone who has it: each asks first. */
export function LinkDanger({ link }: { readonly link: Link }) {
  const alert = useAlert()
  const router = useRouter()
  const focusComesBack = useRestoreFocusTarget()
  const refreshSources = useRefresh('source')
  const [asked, setAsked] = useState<'rotate' | 'delete' | null>(null)
  const { saving, save } = useSave('links', {
    onSaved: (message) => {
      alert('success', message)
      setAsked(null)
    },
    onRefused: (message) => {
      alert('error', message)
      setAsked(null)
    },
  })
  const rotate = () =>
    save(async () => {
      const answer = await api.rotateLink(link.id)
      await refreshSources()
      return answer
    })
  const remove = () =>
    save(async () => {
      const answer = await api.deleteLink(link.id)
      router.push('/links')
      return answer
    })
  const canDelete = link.kind === 'own' || link.kind === 'path'
  return (
    <>
      <SettingCard icon={<ArrowSyncRegular />} title={texts.rotate} about={texts.rotateAbout}>
        <Button {...focusComesBack} onClick={() => setAsked('rotate')}>
          {texts.rotateDo}
        </Button>
      </SettingCard>
      <SettingCard icon={<DeleteRegular />} title={texts.remove} about={canDelete ? texts.removeAbout : texts.belongs}>
        {canDelete && (
          <Button {...focusComesBack} onClick={() => setAsked('delete')}>
            {texts.remove}
          </Button>
        )}
      </SettingCard>
      <ConfirmDialog
        open={asked === 'rotate'}
        title={texts.rotateTitle}
        lines={[texts.rotateText, ...(link.kind === 'own' ? [] : [texts.rotateSource])]}
        confirmLabel={texts.rotateDo}
        busyLabel={texts.rotating}
        busy={saving}
        onConfirm={rotate}
        onClose={() => setAsked(null)}
      />
      <ConfirmDialog
        open={asked === 'delete'}
        title={texts.removeTitle}
        lines={[texts.removeText(link.label || link.name || link.path)]}
        confirmLabel={texts.remove}
        busyLabel={texts.removing}
        busy={saving}
        onConfirm={remove}
        onClose={() => setAsked(null)}
      />
    </>
  )
}
