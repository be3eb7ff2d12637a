# `npm ci` ends by generating Prisma's client into src/generated; the last stage takes that and the packages.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY prisma/schema.prisma prisma/
COPY scripts/generate-client.ts scripts/prepare.ts scripts/
RUN npm ci --omit=dev

# With devDependencies it builds the chat page into web/dist, too.
FROM packages AS page
COPY tsconfig.json ./
COPY client/ client/
COPY web/ web/
RUN npm ci

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY package.json ./
COPY prisma/ prisma/
COPY scripts/ scripts/
COPY src/ src/
COPY --from=packages /app/node_modules node_modules/
COPY --from=packages /app/src/generated src/generated/
COPY --from=page /app/web/dist web/dist/
# Nothing is written below /app: with DATABASE_URL and SECRETS_KEY set, DATA_DIR is not used.
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
# As npm start does: what is young takes no more than 48 MB, where Node would take 200 for a storm of connects and keep them.
CMD ["node", "--max-semi-space-size=16", "src/main.ts"]
