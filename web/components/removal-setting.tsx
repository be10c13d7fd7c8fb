'use client'

import { makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { BroomRegular } from '@fluentui/react-icons'
import dynamic from 'next/dynamic'
import { useDestinationChange } from '../lib/changes.ts'
import { type Removal, removalFields, removalOf, removals } from '../lib/removal.ts'
import type { Destination } from '../lib/types.ts'
import { useDialog } from '../lib/use-dialog.ts'
import { destinationPage as texts } from '../texts.ts'
import { Expander } from './card.tsx'
import { SaveMark } from './save-mark.tsx'

const MirrorDialog = dynamic(() => import('./mirror-dialog.tsx').then((module) => module.MirrorDialog), { ssr: false })

const useStyles = makeStyles({
  about: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  choice: { alignItems: 'flex-start' },
})

/** What a destination removes from its calendar, in three choices; the one that may remove much asks first. */
export function RemovalSetting({ destination }: { readonly destination: Destination }) {
  const styles = useStyles()
  const change = useDestinationChange(destination.id)
  const question = useDialog<Destination>()
  const current = removalOf(destination)
  const choose = (removal: Removal) => change.mutate(removalFields(removal))
  return (
    <Expander icon={<BroomRegular />} title={texts.removal} about={texts.removals[current].label}>
      <RadioGroup
        aria-label={texts.removal}
        value={current}
        onChange={(_, data) => {
          const removal = removals.find((each) => each === data.value)
          if (removal === 'mirror') question.show(destination)
          else if (removal !== undefined) choose(removal)
        }}
      >
        {removals.map((removal) => (
          <Radio
            key={removal}
            className={styles.choice ?? ''}
            value={removal}
            label={
              <>
                {texts.removals[removal].label}
                <span className={styles.about}>{texts.removals[removal].about}</span>
              </>
            }
          />
        ))}
      </RadioGroup>
      <SaveMark change={change} />
      {question.shown && (
        <MirrorDialog
          key={question.shown.key}
          destination={question.shown.target}
          open={question.shown.open}
          onCancel={question.close}
          onConfirm={() => {
            question.close()
            choose('mirror')
          }}
        />
      )}
    </Expander>
  )
}
