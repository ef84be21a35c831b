"""Generated from protos/vsggym/v1 by generate_stubs.sh; do not edit."""
