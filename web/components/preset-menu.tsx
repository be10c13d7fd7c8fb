'use client'

import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons'
import { usePresets } from '../lib/queries.ts'
import type { Rule } from '../lib/types.ts'
import { rules as texts } from '../texts.ts'

/** Rules to begin with; what is chosen is added at the end of the list. */
export function PresetMenu({ onChosen }: { readonly onChosen: (rules: readonly Rule[]) => void }) {
  const { data, error } = usePresets()
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ChevronDownRegular />} iconPosition="after" disabledFocusable={data === undefined}>
          {error === null ? texts.preset : texts.presetsFailed}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {data?.map(({ id, title, about, rules }) => (
            <MenuItem key={id} subText={about} onClick={() => onChosen(rules)}>
              {title}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
