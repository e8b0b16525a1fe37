#!/bin/sh
exec /var/runtime/bootstrap
