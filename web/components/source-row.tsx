'use client'

import { feedOrigin } from '../lib/http.ts'
import { feedLinkOf } from '../lib/links.ts'
import { useLinks } from '../lib/queries.ts'
import type { Source } from '../lib/types.ts'
import { feedUrl } from '../lib/url.ts'
import { actions, details, links as linkTexts } from '../texts.ts'
import { CopyButton } from './copy-button.tsx'
import { Detail, DetailList, ErrorDetail, LinkDetail, ScheduleDetails } from './details.tsx'
import { ItemRow } from './item-row.tsx'
import { QrButton } from './qr-button.tsx'
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
  const publicUrl =
    source.public_ics && source.public_ics_path !== null ? feedUrl(origin, '/ics/public', source.public_ics_path) : null
  const links = useLinks().data ?? []
  const given = feedLinkOf(source.id, links)
  const named = (action: string) => actions.named(action, source.name)
  const more = (kind: 'main' | 'public', url: string) => {
    const link = links.find((each) => each.kind === kind && each.source_ids.includes(source.id))
    const name = kind === 'main' ? source.name : `${source.name}, ${details.publicIcsUrl}`
    return (
      <>
        <CopyButton
          text={url.replace(/^https?:/, 'webcal:')}
          label={name}
          name={actions.named(linkTexts.copyWebcal, name)}
          word={linkTexts.webcal}
        />
        {link && <QrButton linkId={link.id} name={name} />}
      </>
    )
  }
  return (
    <ItemRow
      kind="source"
      item={source}
      subtitle={`/ics/${source.ics_path}`}
      aside={
        given && (
          <>
            <CopyButton text={given.url} label={source.name} name={named(linkTexts.copyFeed)} />
            <QrButton linkId={given.id} name={source.name} />
          </>
        )
      }
    >
      <DetailList>
        <ErrorDetail item={source} />
        <Detail term={details.caldavUrl}>{source.caldav_url}</Detail>
        <Detail term={details.username}>{source.username}</Detail>
        <ScheduleDetails item={source} />
        <LinkDetail term={details.icsUrl} url={standardUrl}>
          {more('main', standardUrl)}
        </LinkDetail>
        {source.public_ics && source.public_ics_path === null && (
          <LinkDetail term={details.publicIcsUrl} url={standardUrl} instead={details.sameAsIcsUrl} />
        )}
        {publicUrl !== null && (
          <LinkDetail term={details.publicIcsUrl} url={publicUrl}>
            {more('public', publicUrl)}
          </LinkDetail>
        )}
      </DetailList>
      <RowActions kind="source" item={source} onEdit={onEdit} onDuplicate={onDuplicate} onDelete={onDelete} />
    </ItemRow>
  )
}
