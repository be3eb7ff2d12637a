/** The demo tenant: three users, three conversations with some history. Made once per data folder, through the same calls as everybody's. */
import type { Parts } from '../src/context.ts'
import type { Demo } from '../src/gateway/graphiql.ts'
import { encodeId, newUuid } from '../src/lib/ids.ts'
import { limitsOf } from '../src/limits.ts'
import { draft } from '../src/messages/draft.ts'
import type { Uuid } from '../src/model.ts'

const DEMO_SLUG = 'demo'
const TOKEN_SECONDS = 12 * 3_600
const DEMO_USERS = [
  { externalId: 'alice', name: 'Alice', role: 'USER' },
  { externalId: 'bob', name: 'Bob', role: 'USER' },
  { externalId: 'morgan', name: 'Morgan the moderator', role: 'MODERATOR' },
] as const

const HISTORY: [
  kind: 'GROUP' | 'CHANNEL',
  title: string,
  members: string[],
  lines: [author: string, text: string][],
][] = [
  [
    'CHANNEL',
    'General',
    ['alice', 'bob', 'morgan'],
    [
      ['morgan', 'Welcome to Parley. Everything you see here came through the public API.'],
      ['alice', 'Hello! Where do I start?'],
      ['bob', 'Open two tabs: subscribe in one, send in the other.'],
      ['alice', '👋 Works. In order, too.'],
    ],
  ],
  [
    'GROUP',
    'Weekend hike',
    ['alice', 'bob'],
    [
      ['bob', 'Saturday, 8 o’clock at the station?'],
      ['alice', 'Better 9. Ich bringe Kaffee mit.'],
      ['bob', 'Abgemacht ☕'],
    ],
  ],
]
const DIRECT: [author: string, text: string][] = [
  ['alice', 'Did you see the new release?'],
  ['bob', 'Reading the changelog right now.'],
]

/** Seeded, with a way to sign in without a password: only for the embedded database on this machine alone. */
export async function openDemo(parts: Parts): Promise<Demo> {
  const tenantId = await seedDemo(parts)
  const alice = await parts.users.byExternalId(tenantId, 'alice')
  const [newest] = alice
    ? await parts.conversations
        .page(tenantId, alice.id, { after: null, limit: 50 })
        .then((all) => all.filter(({ title }) => title === 'General'))
    : []
  return {
    conversationId: newest ? encodeId('conv', newest.id) : '',
    async tokenFor(externalId) {
      const user = await parts.users.byExternalId(tenantId, externalId)
      return (
        user && (await parts.tokens.make(tenantId, { externalId, role: user.role, ttlSeconds: TOKEN_SECONDS })).token
      )
    },
  }
}

async function seedDemo(parts: Pick<Parts, 'tenants' | 'users' | 'append' | 'conversations'>): Promise<Uuid> {
  const known = await parts.tenants.bySlug(DEMO_SLUG)
  if (known) return known.id
  const tenantId = await parts.tenants.create({ slug: DEMO_SLUG, name: 'Demo' })
  const users = await parts.users.upsert(tenantId, DEMO_USERS)
  const idOf = (name: string): Uuid => users.find(({ externalId }) => externalId === name)?.id ?? ''

  async function begin(
    create: { kind: 'GROUP' | 'CHANNEL' | 'DIRECT'; title: string | null; directKey: string | null },
    members: string[],
    lines: [string, string][],
  ) {
    const conversationId = newUuid()
    const changes = members.map(
      (name, i) =>
        ({
          change: 'JOINED',
          userId: idOf(name),
          role: i === 0 && create.kind !== 'DIRECT' ? 'OWNER' : 'MEMBER',
        }) as const,
    )
    await parts.append.changes({ tenantId, conversationId, actorId: idOf(members[0] ?? ''), create, changes })
    for (const [author, text] of lines) {
      await parts.append.message({
        ...draft({ text, clientMessageId: newUuid() }, limitsOf(null)),
        tenantId,
        conversationId,
        authorId: idOf(author),
      })
    }
  }

  for (const [kind, title, members, lines] of HISTORY) await begin({ kind, title, directKey: null }, members, lines)
  await begin(
    { kind: 'DIRECT', title: null, directKey: [idOf('alice'), idOf('bob')].sort().join(' ') },
    ['alice', 'bob'],
    DIRECT,
  )
  return tenantId
}
