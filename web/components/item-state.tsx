'use client'

import { MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useIsSyncing } from '../lib/changes.ts'
import { parseMoment, parseStamp } from '../lib/format.ts'
import { useMayBeOld } from '../lib/may-be-old.ts'
import { useOverview } from '../lib/queries.ts'
import { stateOf } from '../lib/state.ts'
import type { Item, Kind } from '../lib/types.ts'
import { useConcerns } from '../lib/use-concerns.ts'
import { attention, state as stateTexts, item as texts } from '../texts.ts'
import { Card } from './card.tsx'
import { ConcernFix, useSignIn } from './concern-fix.tsx'
import { DueTime } from './due-time.tsx'
import { ProgressLine } from './progress-line.tsx'
import { RelativeTime } from './relative-time.tsx'
import { RowActions } from './row-actions.tsx'
import { StateMark } from './state-mark.tsx'
import { Strip } from './strip.tsx'

const useStyles = makeStyles({
  face: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '12px 16px' },
  mark: { display: 'flex', transform: 'scale(1.4)', transformOrigin: 'center', margin: '0 4px' },
  words: { flex: '1 1 200px', minWidth: 0 },
  word: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  progress: { ':not(:empty)': { marginTop: tokens.spacingVerticalM } },
  bar: { marginTop: tokens.spacingVerticalM, borderRadius: tokens.borderRadiusMedium, paddingBlock: '8px' },
  barText: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
})

interface ItemStateProps {
  readonly kind: Kind
  readonly item: Item
  readonly onEdit: () => void
  readonly onDuplicate: () => void
  readonly onDelete: () => void
}

/** How an item is doing, what would mend it where it is not, and what may be done with it. */
export function ItemState({ kind, item, ...doing }: ItemStateProps) {
  const styles = useStyles()
  const syncing = useIsSyncing(kind, item.id)
  const state = stateOf(item, syncing)
  const { word } = stateTexts[state]
  const old = useMayBeOld() && state !== 'syncing'
  const runs = useOverview().data?.runs.filter((run) => run.kind === kind && run.item_id === item.id) ?? []
  const last = parseMoment(item.last_attempt_at) ?? parseStamp(item.last_synced)
  const next = parseMoment(item.next_run_at)
  return (
    <Card label={stateTexts.label}>
      <div className={styles.face}>
        <span className={styles.mark}>
          <StateMark state={state} error={item.last_sync_error} />
        </span>
        <div className={styles.words}>
          <div className={styles.word}>{old ? stateTexts.mayBeOld(word) : word}</div>
          <div className={styles.quiet}>
            {last === null ? (
              texts.neverRan
            ) : (
              <>
                {texts.lastRun} <RelativeTime at={last} />
              </>
            )}
            {next !== null && (
              <>
                {' · '}
                {stateTexts.nextRun} <DueTime at={next} />
              </>
            )}
          </div>
        </div>
        <Strip runs={runs} />
      </div>
      <div className={styles.progress}>
        <ProgressLine kind={kind} id={item.id} />
      </div>
      <Concerns kind={kind} item={item} lastRun={runs.findLast(({ finished_at }) => finished_at !== null)?.id} />
      <RowActions kind={kind} item={item} opens={false} {...doing} />
    </Card>
  )
}

interface ConcernsProps {
  readonly kind: Kind
  readonly item: Item
  readonly lastRun: number | undefined
}

/** What of this item waits for a person, each with its button. */
function Concerns({ kind, item, lastRun }: ConcernsProps) {
  const styles = useStyles()
  const signIn = useSignIn()
  const waiting = useConcerns().waiting.filter(({ key }) =>
    [`failed ${kind} ${item.id}`, `held ${item.id}`].includes(key),
  )
  const own = kind === 'destination' ? waiting : waiting.filter(({ key }) => key.startsWith('failed'))
  return (
    <>
      {own.map(({ key, title, text, fix }) => {
        const failed = key.startsWith('failed')
        // What only leads to this page leads to the run here.
        const here = fix.do === 'open' && failed && lastRun !== undefined
        const shown = here ? { do: 'open' as const, label: attention.show, href: `/runs/view?id=${lastRun}` } : fix
        return (
          <MessageBar
            key={key}
            className={styles.bar}
            intent={failed ? 'error' : 'warning'}
            layout="multiline"
            role="group"
            aria-label={failed ? stateTexts.error.hint : stateTexts.held.hint}
          >
            <MessageBarBody className={styles.barText}>
              {text}
              {failed && item.failures > 1 && ` ${stateTexts.failuresInARow(item.failures)}`}
            </MessageBarBody>
            <MessageBarActions>
              <ConcernFix concern={{ title, fix: shown }} onSignIn={signIn.show} />
            </MessageBarActions>
          </MessageBar>
        )
      })}
      {signIn.shown}
    </>
  )
}
