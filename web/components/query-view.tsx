'use client'

import {
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
import { formatExact } from '../lib/format.ts'
import { ApiError } from '../lib/http.ts'
import { list } from '../texts.ts'

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', gap: '4px' },
  bar: {
    marginBottom: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusMedium,
    // Without buttons in it, the room below the text is for nothing.
    '& > .fui-MessageBar__bottomReflowSpacer': { display: 'none' },
  },
  barText: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  placeholder: { height: '68px', borderRadius: tokens.borderRadiusMedium },
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
  emptyTitle: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  emptyText: { margin: 0, maxWidth: '60ch' },
})

interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data>
  readonly loading: string
  readonly loadFailed: string
  readonly children: (data: Data) => ReactNode
}

/** What was asked for with its other faces: on its way, failed, and known but old. */
export function QueryView<Data>({ query, loading, loadFailed, children }: QueryViewProps<Data>) {
  const { data, error, dataUpdatedAt } = query
  if (data === undefined && error !== null) {
    return <ProblemBar intent="error" text={`${loadFailed} ${error.message}`} onRetry={() => query.refetch()} />
  }
  if (data === undefined) return <Waiting label={loading} />
  return (
    <>
      {error !== null && (
        // The exact time: a relative one would change, and be read aloud anew, every few seconds.
        <ProblemBar
          intent="warning"
          text={list.stale(refusalOf(error), formatExact(dataUpdatedAt))}
          onRetry={() => query.refetch()}
        />
      )}
      {children(data)}
    </>
  )
}

/** What a server said that did answer. */
function refusalOf(error: Error): string | null {
  return error instanceof ApiError && error.status !== 0 ? error.message : null
}

/** The place of something that is on its way. */
export function Waiting({ label }: { readonly label: string }) {
  const styles = useStyles()
  return (
    <Skeleton className={styles.rows} aria-label={label}>
      {[1, 2, 3].map((place) => (
        <SkeletonItem key={place} className={styles.placeholder} />
      ))}
    </Skeleton>
  )
}

interface EmptyProps {
  readonly icon: ReactElement
  readonly title?: string
  readonly text: string
  readonly children?: ReactNode
}

/** The place of a list that has nothing in it: what it is for, and what to do. */
export function Empty({ icon, title, text, children }: EmptyProps) {
  const styles = useStyles()
  return (
    <div className={styles.empty}>
      <span className={styles.emptyIcon} aria-hidden>
        {icon}
      </span>
      {title !== undefined && <h2 className={styles.emptyTitle}>{title}</h2>}
      <p className={styles.emptyText}>{text}</p>
      {children}
    </div>
  )
}

interface ProblemBarProps {
  readonly intent: 'error' | 'warning'
  readonly text: string
  readonly onRetry?: () => unknown
}

export function ProblemBar({ intent, text, onRetry }: ProblemBarProps) {
  const styles = useStyles()
  return (
    <MessageBar className={styles.bar} intent={intent} layout={onRetry ? 'multiline' : 'singleline'} role="alert">
      <MessageBarBody className={styles.barText}>{text}</MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button size="small" onClick={() => onRetry()}>
            {list.retry}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}
