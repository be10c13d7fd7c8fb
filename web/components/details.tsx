'use client'

import { Link, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { formatExact, formatInterval, parseMoment, parseStamp } from '../lib/format.ts'
import type { Item } from '../lib/types.ts'
import * as texts from '../texts.ts'
import { wide } from './breakpoints.ts'
import { CopyButton } from './copy-button.tsx'
import { DueTime } from './due-time.tsx'
import { RelativeTime } from './relative-time.tsx'

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}`,
    margin: 0,
    [wide]: { gridTemplateColumns: '150px minmax(0, 1fr)' },
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: {
    margin: 0,
    marginBottom: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
    [wide]: { marginBottom: 0 },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  link: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `0 ${tokens.spacingHorizontalS}`,
    marginBlock: '-2px',
  },
  error: { gridColumn: '1 / -1', color: 'var(--appCritical)', overflowWrap: 'anywhere' },
  errorText: { margin: 0 },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
})

export function DetailList({ children }: { readonly children: ReactNode }) {
  const styles = useStyles()
  return <dl className={styles.list}>{children}</dl>
}

export function Detail({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <>
      <dt className={styles.term}>{term}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  )
}

interface LinkDetailProps {
  readonly term: string
  readonly url: string
  /** Shown instead of the address; the address is still what is copied. */
  readonly instead?: string
  /** More ways to hand it on, after the copy button. */
  readonly children?: ReactNode
}

/** An address as a link in a new tab, or words that stand for it, with a copy button. */
export function LinkDetail({ term, url, instead, children }: LinkDetailProps) {
  const styles = useStyles()
  return (
    <Detail term={term}>
      <span className={styles.link}>
        {instead ?? (
          <Link href={url} target="_blank" rel="noreferrer">
            {url}
          </Link>
        )}
        <CopyButton text={url} label={term} />
        {children}
      </span>
    </Detail>
  )
}

/** An exact time with the relative one beside it. */
function Moment({ at, due = false }: { readonly at: number; readonly due?: boolean }) {
  const styles = useStyles()
  return (
    <>
      {formatExact(at)} <span className={styles.quiet}>({due ? <DueTime at={at} /> : <RelativeTime at={at} />})</span>
    </>
  )
}

/** Interval, last and next run: what both kinds tell alike. */
export function ScheduleDetails({ item }: { readonly item: Item }) {
  const last = parseStamp(item.last_synced)
  const attempt = item.last_sync_status === 'error' ? parseMoment(item.last_attempt_at) : null
  const next = parseMoment(item.next_run_at)
  return (
    <>
      <Detail term={texts.details.interval}>{formatInterval(item.sync_interval_secs)}</Detail>
      <Detail term={texts.details.lastSynced}>{last === null ? texts.details.never : <Moment at={last} />}</Detail>
      {attempt !== null && attempt !== last && (
        <Detail term={texts.details.lastAttempt}>
          <Moment at={attempt} />
        </Detail>
      )}
      <Detail term={texts.details.nextSync}>
        {next === null ? texts.details.notScheduled : <Moment at={next} due />}
      </Detail>
    </>
  )
}

/** The last error in full, with how often in a row it has failed. */
export function ErrorDetail({ item }: { readonly item: Item }) {
  const styles = useStyles()
  if (item.last_sync_status !== 'error' || item.last_sync_error === null) return null
  return (
    <div className={styles.error}>
      <dt className={styles.hidden}>{texts.state.error.hint}</dt>
      <dd className={styles.errorText}>
        {texts.details.error(item.last_sync_error)}
        {item.failures > 1 && ` ${texts.state.failuresInARow(item.failures)}`}
      </dd>
    </div>
  )
}
