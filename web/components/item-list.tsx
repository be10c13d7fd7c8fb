'use client'

import {
  Accordion,
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Skeleton,
  SkeletonItem,
  tokens,
} from '@fluentui/react-components'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { formatRelative } from '../lib/format.ts'
import { useNow } from '../lib/now.ts'
import { list } from '../texts.ts'

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: '4px' },
  bar: {
    marginBottom: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusMedium,
  },
  barText: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  empty: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    color: tokens.colorNeutralForeground2,
    textAlign: 'center',
  },
  emptyIcon: { display: 'flex', fontSize: '40px', color: 'var(--appAccent)' },
  emptyText: { margin: 0 },
  placeholder: { height: '68px', borderRadius: tokens.borderRadiusMedium },
})

interface ItemListProps<Item extends { readonly id: number }> {
  readonly query: UseQueryResult<Item[]>
  readonly texts: { readonly empty: string; readonly loading: string; readonly loadFailed: string }
  readonly emptyIcon: ReactElement
  readonly row: (item: Item) => ReactNode
}

/** A list with its four faces: loading, failed to load, empty, and rows that several of may be open. */
export function ItemList<Item extends { readonly id: number }>({ query, texts, emptyIcon, row }: ItemListProps<Item>) {
  const styles = useStyles()
  const now = useNow()
  const { data, error, dataUpdatedAt } = query

  if (data === undefined && error !== null) {
    return <ProblemBar intent="error" text={`${texts.loadFailed} ${error.message}`} onRetry={() => query.refetch()} />
  }
  if (data === undefined) {
    return (
      <Skeleton className={styles.rows} aria-label={texts.loading}>
        {[1, 2, 3].map((place) => (
          <SkeletonItem key={place} className={styles.placeholder} />
        ))}
      </Skeleton>
    )
  }
  return (
    <>
      {error !== null && now !== null && (
        <ProblemBar
          intent="warning"
          text={list.stale(formatRelative(dataUpdatedAt, now))}
          onRetry={() => query.refetch()}
        />
      )}
      {data.length === 0 ? (
        <div className={styles.empty}>
          <span className={styles.emptyIcon} aria-hidden>
            {emptyIcon}
          </span>
          <p className={styles.emptyText}>{texts.empty}</p>
        </div>
      ) : (
        <Accordion multiple collapsible className={styles.rows}>
          {data.map(row)}
        </Accordion>
      )}
    </>
  )
}

interface ProblemBarProps {
  readonly intent: 'error' | 'warning'
  readonly text: string
  readonly onRetry: () => Promise<unknown>
}

function ProblemBar({ intent, text, onRetry }: ProblemBarProps) {
  const styles = useStyles()
  return (
    <MessageBar className={styles.bar} intent={intent} role="alert">
      <MessageBarBody className={styles.barText}>{text}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => onRetry()}>
          {list.retry}
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}
