import { journey } from './journey.ts'
import { plainClient } from './plain-client.ts'
import { connect } from './recipes/connect.ts'

journey(({ url, token }) => plainClient(connect(url.replace('http', 'ws'), token)))
