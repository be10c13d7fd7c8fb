'use client'

import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useSources } from '../lib/queries.ts'
import { sources as texts } from '../texts.ts'
import { ItemList } from './item-list.tsx'
import { LinkButton } from './link-button.tsx'
import { PageHeading } from './page-heading.tsx'
import { loadSourceDialog, useSourceDialogs } from './source-dialogs.tsx'
import { SourceRow } from './source-row.tsx'

export function SourcesPage() {
  const sources = useSources()
  const dialogs = useSourceDialogs()
  return (
    <>
      <PageHeading
        title={texts.heading}
        intro={texts.intro}
        addLabel={texts.add}
        guideLabel={texts.guide}
        guideHref="/sources/add"
        onAdd={dialogs.create}
        onNear={loadSourceDialog}
      />
      <ItemList
        kind="source"
        query={sources}
        texts={texts}
        emptyIcon={<ArrowDownloadRegular />}
        emptyAction={
          <>
            <p>{texts.teach}</p>
            <LinkButton href="/sources/add" primary>
              {texts.begin}
            </LinkButton>
          </>
        }
        words={(source) => `${source.name} ${source.caldav_url} ${source.username} ${source.ics_path}`}
        row={(source) => (
          <SourceRow
            key={source.id}
            source={source}
            onEdit={() => dialogs.edit(source)}
            onDuplicate={() => dialogs.duplicate(source)}
            onDelete={() => dialogs.remove(source)}
          />
        )}
      />
      {dialogs.shown}
    </>
  )
}
