import { RunPage } from '../../../components/run-page.tsx'

export default function Page() {
  return <RunPage />
}
