#!/bin/bash
# Where Testcontainers' start script, and the image's own command, go on: LocalStack, which says "Ready." when it is.
exec /opt/localstack/bin/localstack-supervisor
