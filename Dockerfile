# The dashboard (static files) and the service in a few files: the same on every platform.
FROM node:26-slim AS built
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src src
COPY scripts scripts
RUN node scripts/bundle.mjs
COPY web web
ARG NEXT_PUBLIC_API_URL=""
ENV NEXT_TELEMETRY_DISABLED=1
RUN node node_modules/next/dist/bin/next build web

# The packages the service needs when it runs.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:26-slim
WORKDIR /app
RUN install -d -o node -g node /data
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules node_modules
COPY --from=built /app/web/out web/out
COPY --from=built /app/dist dist
ENV NODE_ENV=production
ENV DATA_DIR=/data
ENV SERVER_PORT=6765
USER node
VOLUME /data
EXPOSE 6765
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.SERVER_PORT + '/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "dist/main.js"]
