'use client'

import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { type PresetId, presetsFor } from '../lib/presets.ts'
import type { Kind } from '../lib/types.ts'
import { serverPresets, account as texts } from '../texts.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { TextLink } from './text-link.tsx'

const useStyles = makeStyles({
  hint: {
    borderRadius: tokens.borderRadiusMedium,
    background: 'var(--appCardHover)',
    paddingBlock: tokens.spacingVerticalS,
    // Without buttons in it, the room below the text is for nothing.
    '& > .fui-MessageBar__bottomReflowSpacer': { display: 'none' },
  },
  text: { whiteSpace: 'normal', overflowWrap: 'anywhere' },
})

interface PresetPickerProps {
  readonly kind: Kind
  readonly value: PresetId
  readonly onChange: (preset: PresetId) => void
}

/** Well-known services to choose from, with what one has to know about a login there. */
export function PresetPicker({ kind, value, onChange }: PresetPickerProps) {
  const styles = useStyles()
  return (
    <>
      <ChoiceCards
        narrow
        label={texts.service}
        value={value}
        choices={presetsFor(kind).map(({ id }) => ({ value: id, title: serverPresets[id].name }))}
        onChange={onChange}
      />
      <div role="status">
        <MessageBar intent={value === 'google' ? 'warning' : 'info'} layout="multiline" className={styles.hint}>
          <MessageBarBody className={styles.text}>
            {serverPresets[value].hint}{' '}
            {value === 'google' && <TextLink href="/destinations/add">{texts.toDestination}</TextLink>}
          </MessageBarBody>
        </MessageBar>
      </div>
    </>
  )
}
