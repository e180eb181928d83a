# Jiesu in a container: `docker build -t jiesu .` — how to run it: docs/configuration.md.
# A package mirror: docker build --build-arg PIP_INDEX_URL=https://ITS-ADDRESS/simple -t jiesu .
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
ARG PIP_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_DEFAULT_TIMEOUT=60
WORKDIR /src
# pip stays in this stage: it installs into a folder that has none.
RUN python -m venv --without-pip /opt/jiesu
# The lock first: a change of our own code does not fetch the packages again.
COPY requirements.lock ./
RUN python -m pip --python /opt/jiesu/bin/python install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY institutions institutions
COPY nlp nlp
COPY dialogs dialogs
COPY bots bots
COPY backend backend
RUN python -m pip --python /opt/jiesu/bin/python install --no-deps --no-build-isolation . \
    && /opt/jiesu/bin/python -m compileall -q /opt/jiesu/lib

FROM python:${PYTHON}
LABEL org.opencontainers.image.title="Jiesu" org.opencontainers.image.licenses="Apache-2.0"
# Numbers, so that an orchestrator can see that it is not root.
RUN groupadd --gid 10001 jiesu \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin jiesu \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=build /opt/jiesu /opt/jiesu
COPY deploy/container.toml /etc/jiesu/jiesu.toml
ENV PATH=/opt/jiesu/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    JIESU_CONFIG=/etc/jiesu/jiesu.toml \
    JIESU_DATABASE=sqlite:////data/jiesu.db
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
# Past any proxy of the environment; urlopen raises on every status that is not 2xx.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8080/health/live', timeout=4)"]
ENTRYPOINT ["jiesu"]
CMD ["serve"]
