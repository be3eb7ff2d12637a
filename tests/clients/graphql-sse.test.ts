import { journey } from './journey.ts'
import { plainClient } from './plain-client.ts'
import { connectBySse } from './recipes/server-sent-events.ts'

journey(({ url, token }) => plainClient(connectBySse(url, token)))
