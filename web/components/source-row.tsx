'use client'

import { feedOrigin } from '../lib/http.ts'
import type { Source } from '../lib/types.ts'
import { feedUrl } from '../lib/url.ts'
import { details } from '../texts.ts'
import { Detail, DetailList, ErrorDetail, LinkDetail, ScheduleDetails } from './details.tsx'
import { ItemRow } from './item-row.tsx'
import { RowActions } from './row-actions.tsx'

interface SourceRowProps {
  readonly source: Source
  readonly onEdit: () => void
  readonly onDuplicate: () => void
  readonly onDelete: () => void
}

export function SourceRow({ source, onEdit, onDuplicate, onDelete }: SourceRowProps) {
  const origin = feedOrigin()
  const standardUrl = feedUrl(origin, '/ics', source.ics_path)
  return (
    <ItemRow kind="source" item={source} subtitle={`/ics/${source.ics_path}`}>
      <DetailList>
        <ErrorDetail item={source} />
        <Detail term={details.caldavUrl}>{source.caldav_url}</Detail>
        <Detail term={details.username}>{source.username}</Detail>
        <ScheduleDetails item={source} />
        <LinkDetail term={details.icsUrl} url={standardUrl} />
        {source.public_ics && source.public_ics_path === null && (
          <LinkDetail term={details.publicIcsUrl} url={standardUrl} instead={details.sameAsIcsUrl} />
        )}
        {source.public_ics && source.public_ics_path !== null && (
          <LinkDetail term={details.publicIcsUrl} url={feedUrl(origin, '/ics/public', source.public_ics_path)} />
        )}
      </DetailList>
      <RowActions kind="source" item={source} onEdit={onEdit} onDuplicate={onDuplicate} onDelete={onDelete} />
    </ItemRow>
  )
}
