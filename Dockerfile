FROM python:3.12-slim
WORKDIR /app
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY api api
COPY ingest ingest
COPY graph graph
COPY cypher cypher
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
    && pip install --no-cache-dir --no-deps . \
    && useradd --create-home --uid 10001 fengqiao \
    && mkdir /data && chown fengqiao /data
USER fengqiao
ENV FENGQIAO_DATA=/data FENGQIAO_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
# The container listens on all its own addresses; compose publishes the port on 127.0.0.1 only.
CMD ["fengqiao", "serve", "--allow-remote"]
