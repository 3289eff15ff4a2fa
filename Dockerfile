# Builds and runs one Bitim server. See docs/operations.md; docker-compose.yml puts MongoDB and TLS around it.
# Not `npm ci`: it refuses a lock file wherever a registry lacks some other system's optional binaries. `npm install` keeps to the lock too.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev --no-save --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY --chmod=755 deploy/app-entrypoint.sh deploy/start-server.sh deploy/node-flags ./deploy/
# Everything above belongs to root and is only read; the server itself needs no rights at all.
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/app/deploy/app-entrypoint.sh"]
CMD ["/app/deploy/start-server.sh"]
