'use client'

import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { ArrowUploadRegular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import { api } from '../lib/api.ts'
import { upload as texts } from '../texts.ts'

const useStyles = makeStyles({
  row: {
    gridColumn: '1 / -1',
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
  },
  said: { overflowWrap: 'anywhere' },
  refused: { color: tokens.colorPaletteRedForeground1 },
})

/** Lets a person take a calendar file as the feed; `onUploaded` gets what a destination names it by. */
export function UploadButton({ onUploaded }: { readonly onUploaded: (icsUrl: string) => void }) {
  const styles = useStyles()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly text: string; readonly refused: boolean } | null>(null)

  const send = async (file: File) => {
    setBusy(true)
    setSaid(null)
    try {
      const { message, ics_url } = await api.uploadImport(file)
      setSaid({ text: message, refused: false })
      onUploaded(ics_url)
    } catch (thrown) {
      setSaid({ text: thrown instanceof Error ? thrown.message : String(thrown), refused: true })
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={styles.row}>
      <input
        ref={input}
        type="file"
        accept=".ics,.ical,text/calendar"
        hidden
        aria-label={texts.choose}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file may be chosen again after it was corrected.
          event.target.value = ''
          if (file) void send(file)
        }}
      />
      <Button
        icon={busy ? <Spinner size="tiny" /> : <ArrowUploadRegular />}
        disabled={busy}
        onClick={() => input.current?.click()}
      >
        {busy ? texts.uploading : texts.upload}
      </Button>
      <Text
        className={said?.refused ? `${styles.said} ${styles.refused}` : styles.said}
        size={200}
        role="status"
        aria-live="polite"
      >
        {said?.text ?? texts.hint}
      </Text>
    </div>
  )
}
