# What a person loads into Chrome and what admins' browsers load, built by Node.
FROM node:22-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --loglevel=error
COPY shared shared
COPY extension extension
COPY backend/web/admin backend/web/admin
RUN npm run --silent build

# The packages that it runs with, each checked against its hash.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock requirements-dev.lock ./
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY shared shared
COPY simulator simulator
COPY backend backend
# What builds it is checked too, and does not stay.
RUN sed -n '/^setuptools==/,/# via/p' requirements-dev.lock > build.lock \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r build.lock \
    && /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && /venv/bin/pip uninstall --yes setuptools \
    && rm build.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/repline --create-home repline
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=packages /app /app
COPY --from=assets /app/backend/web/admin/static backend/web/admin/static
COPY --from=assets /app/extension extension
# Database, media and nothing else are written, all in the volume.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:////var/lib/repline/repline.sqlite3
USER repline
VOLUME /var/lib/repline
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["repline", "serve"]
