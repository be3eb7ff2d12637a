// What scripts and tests read from the environment, all of it here; the server's own options are src/config.ts.

// biome-ignore lint/style/noProcessEnv: this file is to scripts and tests what src/config.ts is to the server.
const env = process.env

export const environment = {
  /** In CI a missing server that Debian provides is a failure, not a note. */
  ci: env.CI === 'true',
  path: env.PATH ?? '',
  /** A PostgreSQL server where the named user may create databases. DATABASE_URL is never used by tests: it may hold real data. */
  testDatabaseUrl: env.TEST_DATABASE_URL || null,
  /** How many seeds a random test plays; each has a small number of its own. */
  runs: env.RUNS ? Number(env.RUNS) : null,
  /** A Redis that tests may publish on. REDIS_URL is never used by tests: a node may listen there. */
  testRedisUrl: env.TEST_REDIS_URL || null,
  corpusDir: env.CORPUS_DIR || null,
  specsDir: env.SPECS_DIR || null,
}
