import { SourcesPage } from '../../components/sources-page.tsx'

export default function Page() {
  return <SourcesPage />
}
