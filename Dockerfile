# Production image: one image for web, worker, beat and one-shot commands; docker-compose.yml shows how.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
RUN python -m venv /opt/nameward
COPY requirements/base.txt /tmp/base.txt
RUN /opt/nameward/bin/pip install --require-hashes --quiet -r /tmp/base.txt

FROM python:3.11-slim-bookworm AS product
ENV PATH=/opt/nameward/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/var/lib/nameward \
    STATIC_ROOT=/srv/nameward/staticfiles \
    STATIC_COMPRESSED=1 \
    LOG_JSON=1 \
    PORT=8000
RUN groupadd --system --gid 10001 nameward \
    && useradd --system --uid 10001 --gid nameward --home-dir /var/lib/nameward --create-home nameward
WORKDIR /srv/nameward
COPY --from=packages /opt/nameward /opt/nameward
COPY manage.py ./
COPY registrar ./registrar
COPY panel ./panel
COPY templates ./templates
COPY static ./static
# Development settings need no secrets; nothing of this step but the static files stays in the image.
RUN DEBUG=1 DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q panel registrar \
    && rm -rf /tmp/build
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["gunicorn", "panel.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", "--worker-tmp-dir=/dev/shm", "--access-logfile=-"]
