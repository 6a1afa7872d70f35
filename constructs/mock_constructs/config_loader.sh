# Brings an environment's sources and the mock host from the config bucket to the shared volume.
# Runs once in each task, before the mock host. POSIX sh with the AWS CLI, version 1 or 2.
# Needs: CONFIG_BUCKET, MOCK_HOST_SHA256, TARGET_FOLDER. Ends with 1 and one line of JSON if it fails.
set -eu
umask 022

fail() {
  printf '{"event":"failed","message":"%s"}\n' "$1" >&2
  exit 1
}

version=$(aws s3 cp --only-show-errors "s3://$CONFIG_BUCKET/current/version" -) ||
  fail "current/version can't be read from the config bucket"
case $version in
'' | *[!0-9a-f]*) fail "current/version holds no version" ;;
esac

aws s3 cp --only-show-errors --recursive \
  "s3://$CONFIG_BUCKET/versions/$version/" "$TARGET_FOLDER/sources" ||
  fail "the sources of version $version can't be read from the config bucket"
[ -f "$TARGET_FOLDER/sources/environment.json" ] ||
  fail "version $version holds no environment.json"

# The mock host reads here what it starts with.
printf '%s' "$version" >"$TARGET_FOLDER/sources/version" ||
  fail "the version can't be noted"

aws s3 cp --only-show-errors \
  "s3://$CONFIG_BUCKET/mock_host/$MOCK_HOST_SHA256/mock_host.mjs" "$TARGET_FOLDER/mock_host.mjs" ||
  fail "the mock host can't be read from the config bucket"
printf '%s  %s\n' "$MOCK_HOST_SHA256" "$TARGET_FOLDER/mock_host.mjs" | sha256sum -c - >/dev/null ||
  fail "the mock host is not the one that was deployed"

# The mock host, which is not root, brings later versions here.
mkdir -p "$TARGET_FOLDER/live" && chmod 1777 "$TARGET_FOLDER/live" ||
  fail "the folder for later versions can't be made"

printf '{"event":"loaded","version":"%s"}\n' "$version"
