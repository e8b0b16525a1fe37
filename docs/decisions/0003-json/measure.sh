#!/usr/bin/env bash
# What reading one order and writing one answer costs a fresh JVM, by JSON library: classes loaded, and CPU time of the
# whole process (median of the runs, which take turns). Usage, with the project compiled and JAVA_HOME at a JDK of 21 or
# newer: docs/decisions/0003-json/measure.sh [runs]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
runs=${1:-21}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
java=${JAVA_HOME:?a JDK of 21 or newer}/bin

mvn -q -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/jars"
# From a jar, as in Lambda: classes in a folder would be found more slowly.
"$java/jar" --create --file "$work/jars/kopilka.jar" \
  -C "${CLASSES:-$here/../../../shared/lambda/target/classes}" kopilka/lambda/json
"$java/javac" -proc:none -cp "$work/jars/*" -d "$work/classes" "$here/MeasureJson.java"
"$java/jar" --create --file "$work/jars/measure.jar" -C "$work/classes" .

# The collector and compiler that suit a small function.
flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(echo "$work"/jars/*.jar | tr ' ' ':')")
variants=(nothing core jr databind)
TIMEFORMAT='%U %S'
for ((run = 0; run < runs; run++)); do
  for variant in "${variants[@]}"; do
    { time "$java/java" "${flags[@]}" MeasureJson "$variant"; } 2>>"$work/$variant.cpu"
  done
done
"$java/java" -version 2>&1 | head -1
for variant in "${variants[@]}"; do
  "$java/java" "${flags[@]}" "-Xlog:class+load:file=$work/$variant.load" MeasureJson "$variant"
  classes=$(grep -c 'source:' "$work/$variant.load")
  outside=$(grep 'source:' "$work/$variant.load" | grep -vc 'shared objects file' || true)
  cpu=$(awk '{print ($1 + $2) * 1000}' "$work/$variant.cpu" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}')
  printf '%-9s %5d classes, of them %4d not from the archive of the JDK, %5d ms CPU\n' "$variant" "$classes" "$outside" "$cpu"
done
