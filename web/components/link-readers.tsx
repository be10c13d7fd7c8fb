'use client'

import { makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, QuestionCircleFilled } from '@fluentui/react-icons'
import { formatBytes } from '../lib/format.ts'
import { useReads } from '../lib/queries.ts'
import type { LinkReads } from '../lib/types.ts'
import { trail as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { QueryView } from './query-view.tsx'
import { RelativeTime } from './relative-time.tsx'

const shownAtOnce = 30

const useStyles = makeStyles({
  quiet: { margin: `0 0 ${tokens.spacingVerticalM}`, color: tokens.colorNeutralForeground3 },
  heading: {
    margin: `${tokens.spacingVerticalL} 0 ${tokens.spacingVerticalS}`,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  state: { display: 'flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  comes: { color: 'var(--appSuccess)', flexShrink: 0 },
  stopped: { color: 'var(--appCaution)', flexShrink: 0 },
})

type Reader = LinkReads['readers'][number]
type Read = LinkReads['reads'][number]

const readerColumns: readonly Column<Reader>[] = [
  { title: texts.columns.client, cell: ({ client }) => client },
  { title: texts.columns.state, cell: ({ stopped }) => <ReaderState stopped={stopped} /> },
  { title: texts.columns.first, cell: ({ first_at }) => <RelativeTime at={Date.parse(first_at)} />, isExtra: true },
  { title: texts.columns.last, cell: ({ last_at }) => <RelativeTime at={Date.parse(last_at)} /> },
  { title: texts.columns.reads, cell: ({ reads }) => reads, isNumber: true },
]

const readColumns: readonly Column<Read>[] = [
  { title: texts.columns.when, cell: ({ at }) => <RelativeTime at={Date.parse(at)} /> },
  { title: texts.columns.client, cell: ({ client }) => client },
  { title: texts.columns.status, cell: ({ status }) => `${texts.status(status)} (${status})` },
  { title: texts.columns.bytes, cell: ({ bytes }) => formatBytes(bytes), isNumber: true },
]

/** Who reads a link, and what they were answered lately. */
export function LinkReaders({ linkId }: { readonly linkId: number }) {
  const styles = useStyles()
  return (
    <Card title={texts.title}>
      <QueryView query={useReads(linkId)} loading={texts.loading} loadFailed={texts.loadFailed}>
        {({ readers, reads }) => (
          <>
            <p className={styles.quiet}>{readers.length + reads.length === 0 ? texts.none : texts.about}</p>
            {readers.length > 0 && (
              <DataTable label={texts.readers} columns={readerColumns} rows={readers} rowKey={({ client }) => client} />
            )}
            {reads.length > 0 && (
              <>
                <h3 className={styles.heading}>{texts.reads}</h3>
                <DataTable
                  label={texts.reads}
                  columns={readColumns}
                  rows={reads.slice(0, shownAtOnce)}
                  rowKey={({ at }, place) => `${at} ${place}`}
                />
              </>
            )}
          </>
        )}
      </QueryView>
    </Card>
  )
}

function ReaderState({ stopped }: { readonly stopped: boolean }) {
  const styles = useStyles()
  return (
    <span className={styles.state}>
      {stopped ? (
        <QuestionCircleFilled className={styles.stopped} aria-hidden />
      ) : (
        <CheckmarkCircleFilled className={styles.comes} aria-hidden />
      )}
      {stopped ? texts.stopped : texts.comes}
    </span>
  )
}
