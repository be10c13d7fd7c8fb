'use client'

import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import * as texts from '../texts.ts'

const shownFor = 6000
/** What offers to take something back gives people time to think. */
const offeredFor = 30_000

interface Offer {
  readonly label: string
  readonly act: () => void
  /** Milliseconds for which the offer holds, and so stays on the page; absent: half a minute. */
  readonly holdsFor?: number
}

interface Alert {
  readonly key: number
  readonly intent: 'success' | 'error'
  readonly text: string
  readonly offer: Offer | undefined
}

type Show = (intent: Alert['intent'], text: string, offer?: Offer) => void

const AlertsContext = createContext<Show>(() => undefined)
const ShownContext = createContext<{ readonly alerts: readonly Alert[]; readonly dismiss: (key: number) => void }>({
  alerts: [],
  dismiss: () => undefined,
})

const useStyles = makeStyles({
  region: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  filled: { marginBottom: tokens.spacingVerticalL },
  bar: { borderRadius: tokens.borderRadiusMedium, minHeight: '44px' },
  text: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
})

/**
 * Says how an action ended; the bar goes after six seconds, or when dismissed. One that offers something stays while
 * the offer holds.
 */
export function useAlert(): Show {
  return use(AlertsContext)
}

export function AlertsProvider({ children }: { readonly children: ReactNode }) {
  const [alerts, setAlerts] = useState<readonly Alert[]>([])
  const nextKey = useRef(0)
  const show = useCallback<Show>((intent, text, offer) => {
    const key = nextKey.current++
    // Three at most, as nobody reads more at once: older ones make room, those that offer something last.
    setAlerts((shown) => {
      const [oldest] = shown
      const leaving = shown.length < 3 ? undefined : (shown.find((alert) => alert.offer === undefined) ?? oldest)
      return [...shown.filter((alert) => alert !== leaving), { key, intent, text, offer }]
    })
  }, [])
  const dismiss = useCallback((key: number) => setAlerts((shown) => shown.filter((alert) => alert.key !== key)), [])
  return (
    <AlertsContext value={show}>
      <ShownContext value={{ alerts, dismiss }}>{children}</ShownContext>
    </AlertsContext>
  )
}

/** Where the alerts appear. The live region is always there, or screen readers would miss the first alert. */
export function AlertRegion() {
  const { alerts, dismiss } = use(ShownContext)
  const styles = useStyles()
  return (
    <section aria-label={texts.alerts.region}>
      <div aria-live="polite" className={alerts.length > 0 ? `${styles.region} ${styles.filled}` : styles.region}>
        {alerts.map((alert) => (
          <AlertBar key={alert.key} alert={alert} onDismiss={() => dismiss(alert.key)} />
        ))}
      </div>
    </section>
  )
}

function AlertBar({ alert, onDismiss }: { readonly alert: Alert; readonly onDismiss: () => void }) {
  const styles = useStyles()
  const { offer } = alert
  // While the pointer or the focus is on it, it stays: nobody is hurried.
  const [held, setHeld] = useState(false)
  const latest = useRef(onDismiss)
  latest.current = onDismiss
  useEffect(() => {
    if (held) return
    const time = offer === undefined ? shownFor : (offer.holdsFor ?? offeredFor)
    const timer = setTimeout(() => latest.current(), time)
    return () => clearTimeout(timer)
  }, [held, offer])
  return (
    <MessageBar
      className={styles.bar}
      intent={alert.intent}
      politeness="polite"
      layout={offer === undefined ? 'multiline' : 'singleline'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <MessageBarBody className={styles.text}>{alert.text}</MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            size="small"
            aria-label={texts.alerts.dismiss}
            icon={<DismissRegular />}
            onClick={onDismiss}
          />
        }
      >
        {offer && (
          <Button
            size="small"
            onClick={() => {
              onDismiss()
              offer.act()
            }}
          >
            {offer.label}
          </Button>
        )}
      </MessageBarActions>
    </MessageBar>
  )
}
