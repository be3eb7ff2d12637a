/** Who may import whom in src/: a file imports its own folder and what the row of its place lists. docs/ARCHITECTURE.md shows the same as levels. */
import { normalize } from 'node:path/posix'
import { type Import, importsOf, sourceFiles } from './imports.ts'
import { report } from './report.ts'

// Every entry is the beginning of a path below src/.
const ground = [
  'model.ts',
  'events.ts',
  'errors.ts',
  'config.ts',
  'limits.ts',
  'features.ts',
  'log.ts',
  'metrics.ts',
  'lib/',
]
const database = ['db.ts', 'migrate.ts', 'embedded.ts']
const portFolders = [
  'bus/',
  'presence/',
  'rates/',
  'search/',
  'objects/',
  'push/',
  'mail/',
  'sms/',
  'classifiers/',
  'scanner/',
]
// Of a port's folder the others see the port alone; the files beside it are its adapters.
const ports = [
  'bus/bus.ts',
  'presence/presence.ts',
  'rates/rates.ts',
  'search/search.ts',
  'objects/objects.ts',
  'push/push.ts',
  'mail/mail.ts',
  'sms/sms.ts',
  'classifiers/classifier.ts',
  'scanner/scanner.ts',
]
const domain = [
  'accounts/',
  'conversations/',
  'messages/',
  'delivery/',
  'ephemera/',
  'jobs/',
  'files/',
  'moderation/',
  'notifications/',
  'archive/',
]
const below3 = [...ground, 'db.ts', ...ports, ...domain]
const top = [
  ...below3,
  ...database,
  'context.ts',
  'resolvers/',
  'workers/',
  'schema/index.ts',
  'gateway/',
  'app.ts',
  'open-database.ts',
]

interface Place {
  at: string[]
  may: string[]
  /** What may be imported by `import type` only. */
  types?: string[]
  why: string
}

const places: Place[] = [
  { at: ground, may: ground, why: 'level 0 is what all others stand on, so it knows none of them' },
  { at: database, may: [...ground, ...database, 'generated/'], why: 'the database (level 1) knows level 0 only' },
  {
    at: portFolders,
    may: ground,
    why: 'a port and its adapters know level 0 and their own folder, so that each can be replaced and tried alone',
  },
  {
    at: domain,
    may: below3,
    types: ['generated/'],
    why: 'level 2 holds the rules of chat; it knows levels 0 to 2, never who calls it',
  },
  {
    at: ['context.ts', 'loaders.ts'],
    may: [...ground, 'loaders.ts'],
    types: below3,
    why: 'the context describes the parts a resolver gets; parts.ts makes them, so it needs their types alone',
  },
  {
    at: ['resolvers/', 'workers/'],
    may: below3,
    types: ['context.ts'],
    why: 'a use case (level 3) knows levels 0 to 2 and the type of the context, never how it is reached: no schema, no gateway',
  },
  {
    at: ['schema/'],
    may: [...ground, 'context.ts', 'resolvers/'],
    types: domain,
    why: 'the schema is shape: it calls resolvers and names types, and reaches no database, bus or worker',
  },
  {
    at: ['gateway/'],
    may: [
      ...ground,
      ...ports.filter((port) => port !== 'bus/bus.ts'),
      ...domain,
      'context.ts',
      'loaders.ts',
      'schema/index.ts',
    ],
    why: 'the gateway serves sockets: it reaches what is stored and sent through schema/index.ts and level 2, never the database or the bus',
  },
  {
    at: ['app.ts', 'parts.ts', 'open-bus.ts', 'open-files.ts', 'timed-work.ts'],
    may: [...top, ...portFolders, '../prisma/seed.ts', 'parts.ts', 'open-bus.ts', 'open-files.ts', 'timed-work.ts'],
    why: 'app.ts and parts.ts wire the parts by their own files',
  },
  {
    at: ['open-database.ts'],
    may: [...ground, ...database, 'jobs/queue.ts'],
    why: 'it opens the database for all of them, and knows level 1 and how the queue of timed work finds it',
  },
  { at: ['main.ts'], may: top, why: 'main.ts starts what app.ts has wired' },
]

function fault({ at, from, to, typeOnly }: Import): string[] {
  const place = places.find((row) => within(row.at, from))
  if (!place || folder(from) === folder(to) || within(place.may, to)) return []
  const asType = within(place.types ?? [], to)
  if (asType && typeOnly) return []
  return [
    `${at} imports ${normalize(`src/${to}`)}: ${whyNot(place, to)}${asType ? '; as a type it may, by `import type`' : ''}`,
  ]
}

function whyNot(place: Place, to: string): string {
  if (to.startsWith('..')) return 'src/ is what is shipped, so it imports nothing outside itself'
  if (to.startsWith('generated/')) return 'the Prisma client is made in db.ts alone, and level 2 may name its types'
  if (within(portFolders, to) && !ports.includes(to))
    return 'only app.ts and parts.ts name adapters: take the port as an argument'
  return place.why
}

function within(beginnings: string[], path: string): boolean {
  return beginnings.some((beginning) => path.startsWith(beginning))
}

/** The folder of a file, or the file itself where it stands in src/ alone. */
function folder(path: string): string | undefined {
  return path.split('/')[0]
}

const files = sourceFiles()
const homeless = files.filter((file) => !places.some((row) => within(row.at, file)))
report([
  ...homeless.map((file) => `src/${file} has no row in scripts/check/levels.ts: say there what its place may import`),
  ...files
    .flatMap(importsOf)
    .filter(({ kind }) => kind === 'file')
    .flatMap(fault),
])
