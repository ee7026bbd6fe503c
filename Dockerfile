# syntax=docker/dockerfile:1

# Both are arguments, so that a mirror or a pinned digest takes their place without a change here.
ARG BUILDER=node:24-bookworm-slim
ARG RUNTIME=gcr.io/distroless/nodejs24-debian12:nonroot

FROM ${BUILDER} AS build
WORKDIR /source
ENV CI=true
# Packages first: they change less often than sources.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches ./patches
RUN --mount=type=cache,target=/root/.npm npx -y "$(node -p "require('./package.json').config.pnpm")" fetch
COPY . .
RUN --mount=type=cache,target=/root/.npm npm run bundle -- /bundle && mkdir -m 0700 /data

FROM ${RUNTIME}
WORKDIR /app
COPY --from=build /bundle ./
COPY --from=build --chown=65532:65532 /data /data
ENV NODE_ENV=production \
    KASTOMA_ENV=production \
    KASTOMA_DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000
USER 65532:65532
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["/nodejs/bin/node", "/app/kastoma.mjs", "is-alive"]
ENTRYPOINT ["/nodejs/bin/node", "/app/kastoma.mjs"]
CMD ["api"]
