/** What demos read from the environment, and hand on to the product that they start. */
// biome-ignore lint/style/noProcessEnv: this file is to demos what src/config.ts is to the server.
export const environment = process.env
