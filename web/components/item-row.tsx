'use client'

import {
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useIsSyncing } from '../lib/changes.ts'
import { parseMoment, parseStamp } from '../lib/format.ts'
import { useMayBeOld } from '../lib/may-be-old.ts'
import { useOverview } from '../lib/queries.ts'
import { stateOf } from '../lib/state.ts'
import type { Item, Kind } from '../lib/types.ts'
import { state as texts } from '../texts.ts'
import { wide } from './breakpoints.ts'
import { DueTime } from './due-time.tsx'
import { ProgressLine } from './progress-line.tsx'
import { RelativeTime } from './relative-time.tsx'
import { StateMark } from './state-mark.tsx'
import { Strip } from './strip.tsx'

/** Room for buttons beside the strip of the last runs. */
const roomy = '@media (min-width: 1080px)'

const useStyles = makeStyles({
  card: {
    position: 'relative',
    border: '1px solid var(--appCardStroke)',
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCard)',
    '&:has(> .fui-AccordionHeader > button[aria-expanded="true"]) > [data-when="closed"]': { display: 'none' },
  },
  header: {
    borderRadius: tokens.borderRadiusMedium,
    ':hover': { background: 'var(--appCardHover)' },
    '& > button': {
      minHeight: '68px',
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
      gap: tokens.spacingHorizontalS,
      fontSize: tokens.fontSizeBase300,
      textAlign: 'start',
    },
    '& .fui-AccordionHeader__expandIcon': { flex: '0 0 auto' },
    // The open row says it in full.
    '& > button[aria-expanded="true"] [data-when="closed"]': { display: 'none' },
  },
  face: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXXS,
    alignItems: 'center',
    flex: '1 1 auto',
    minWidth: 0,
    // The same widths in each row, so that the strips stand below each other.
    [wide]: { gridTemplateColumns: '20px minmax(0, 1fr) auto 220px' },
  },
  names: { minWidth: 0, display: 'flex', flexDirection: 'column' },
  name: { overflowWrap: 'anywhere' },
  quiet: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  error: {
    color: 'var(--appCritical)',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflow: 'hidden',
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflowWrap: 'anywhere',
  },
  run: {
    gridColumn: 2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    [wide]: { gridColumn: 4, textAlign: 'end' },
  },
  roomAside: { [roomy]: { paddingRight: '112px' } },
  // Beside the header, which is one button; on narrow pages below it. The open row has more room for the same.
  aside: {
    display: 'flex',
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS} 40px`,
    [roomy]: { position: 'absolute', top: 0, right: '40px', height: '66px', padding: 0, alignItems: 'center' },
  },
  strip: { gridColumn: 2, [wide]: { gridColumn: 3, gridRow: 1 } },
  progress: { padding: `0 ${tokens.spacingHorizontalL}`, ':not(:empty)': { paddingBottom: tokens.spacingVerticalM } },
  word: { display: 'inline', color: tokens.colorNeutralForeground1, [wide]: { display: 'block' } },
  dot: { [wide]: { display: 'none' } },
  panel: {
    margin: 0,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [wide]: { paddingLeft: '52px' },
  },
})

interface ItemRowProps {
  readonly kind: Kind
  readonly item: Item
  readonly subtitle: string
  /** Buttons of the closed row. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** One source or destination: state, name, last and next run at a glance; everything else when opened. */
export function ItemRow({ kind, item, subtitle, aside, children }: ItemRowProps) {
  const styles = useStyles()
  const syncing = useIsSyncing(kind, item.id)
  const state = stateOf(item, syncing)
  const { word } = texts[state]
  const old = useMayBeOld() && state !== 'syncing'
  const runs = useOverview().data?.runs.filter((run) => run.kind === kind && run.item_id === item.id) ?? []
  const last = parseMoment(item.last_attempt_at) ?? parseStamp(item.last_synced)
  const next = parseMoment(item.next_run_at)
  return (
    <AccordionItem value={item.id} className={styles.card}>
      <AccordionHeader as="h2" expandIconPosition="end" className={styles.header}>
        <span className={mergeClasses(styles.face, aside !== undefined && styles.roomAside)}>
          <StateMark state={state} error={item.last_sync_error} />
          <span className={styles.names}>
            <span className={styles.name}>{item.name}</span>
            <span className={styles.quiet}>{subtitle}</span>
            {(state === 'error' || state === 'held') && (
              <span className={styles.error} data-when="closed">
                {item.last_sync_error}
              </span>
            )}
          </span>
          <span className={styles.run}>
            <span className={styles.word}>{old ? texts.mayBeOld(word) : word}</span>
            <span className={styles.dot}> · </span>
            {last !== null && <RelativeTime at={last} />}
            {last !== null && next !== null && ' · '}
            {next !== null && (
              <>
                {texts.nextRun} <DueTime at={next} />
              </>
            )}
          </span>
          <span className={styles.strip}>
            <Strip runs={runs} />
          </span>
        </span>
      </AccordionHeader>
      {aside !== undefined && (
        <div className={styles.aside} data-when="closed">
          {aside}
        </div>
      )}
      <div className={styles.progress}>
        <ProgressLine kind={kind} id={item.id} />
      </div>
      <AccordionPanel className={styles.panel}>{children}</AccordionPanel>
    </AccordionItem>
  )
}
