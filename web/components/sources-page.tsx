'use client'

import { ArrowDownloadRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useSources } from '../lib/queries.ts'
import type { Source } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { sources as texts } from '../texts.ts'
import { ItemList } from './item-list.tsx'
import { PageHeading } from './page-heading.tsx'
import { SourceRow } from './source-row.tsx'

const loadSourceDialog = () => import('./source-dialog.tsx')
const loadDeleteDialog = () => import('./delete-dialog.tsx')
const SourceDialog = dynamic(() => loadSourceDialog().then((module) => module.SourceDialog), { ssr: false })
const DeleteDialog = dynamic(() => loadDeleteDialog().then((module) => module.DeleteDialog), { ssr: false })

export function SourcesPage() {
  const sources = useSources()
  const form = useDialog<Source | null>()
  const removal = useDialog<Source>()
  return (
    <>
      <PageHeading
        title={texts.heading}
        intro={texts.intro}
        addLabel={texts.add}
        onAdd={() => form.show(null)}
        onNear={loadSourceDialog}
      />
      <ItemList
        query={sources}
        texts={texts}
        emptyIcon={<ArrowDownloadRegular />}
        row={(source) => (
          <SourceRow
            key={source.id}
            source={source}
            onEdit={() => form.show(source)}
            onDelete={() => removal.show(source)}
          />
        )}
      />
      {form.shown && (
        <SourceDialog key={form.shown.key} source={form.shown.target} open={form.shown.open} onClose={form.close} />
      )}
      {removal.shown && (
        <DeleteDialog
          key={removal.shown.key}
          kind="source"
          item={removal.shown.target}
          open={removal.shown.open}
          onClose={removal.close}
        />
      )}
    </>
  )
}
