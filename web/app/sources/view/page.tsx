import { SourcePage } from '../../../components/source-page.tsx'

export default function Page() {
  return <SourcePage />
}
