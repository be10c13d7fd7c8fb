'use client'

import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { DocumentRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { formatBytes } from '../lib/format.ts'
import { useDestinations, useImports } from '../lib/queries.ts'
import type { ImportedFile } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { actions, settings as texts } from '../texts.ts'
import { SettingCard } from './card.tsx'
import { QueryView } from './query-view.tsx'
import { RelativeTime } from './relative-time.tsx'

const DeleteFileDialog = dynamic(() => import('./delete-file-dialog.tsx').then((module) => module.DeleteFileDialog), {
  ssr: false,
})

/** The calendar files that are stored here; one that no destination uses can be deleted. */
export function ImportedFiles() {
  const files = useImports()
  const removal = useDialog<string>()
  return (
    <>
      <QueryView query={files} loading={texts.filesLoading} loadFailed={texts.filesFailed}>
        {(all) =>
          all.length === 0 ? (
            <SettingCard icon={<DocumentRegular />} title={texts.files} about={texts.filesNone} />
          ) : (
            all.map((file) => <FileCard key={file.name} file={file} onDelete={() => removal.show(file.name)} />)
          )
        }
      </QueryView>
      {removal.shown && (
        <DeleteFileDialog
          key={removal.shown.key}
          name={removal.shown.target}
          open={removal.shown.open}
          onClose={removal.close}
        />
      )}
    </>
  )
}

function FileCard({ file, onDelete }: { readonly file: ImportedFile; readonly onDelete: () => void }) {
  const { name, bytes, changed_at, destinations: users } = file
  const destinations = useDestinations().data ?? []
  const focusComesBack = useRestoreFocusTarget()
  const names = users.map((id) => destinations.find((each) => each.id === id)?.name ?? String(id)).join(', ')
  const size = formatBytes(bytes)
  return (
    <SettingCard
      icon={<DocumentRegular />}
      title={name}
      about={
        <>
          {users.length > 0 ? texts.fileAbout(size, names) : texts.fileUnused(size)}, {texts.fileChanged}{' '}
          <RelativeTime at={Date.parse(changed_at)} />
        </>
      }
    >
      {users.length > 0 ? (
        texts.fileUsed
      ) : (
        <Button {...focusComesBack} aria-label={texts.fileDelete(name)} onClick={onDelete}>
          {actions.delete}
        </Button>
      )}
    </SettingCard>
  )
}
