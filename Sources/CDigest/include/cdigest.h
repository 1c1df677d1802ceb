// SHA-256's compression function over whole blocks, by the processor's SHA extensions: for one state, or for two
// states over the same blocks, which then share one message schedule and hide each other's latency.
//
// No padding, no buffering, no state of its own: that is `Files/RunningSHA256`. Never called where
// `filmroom_sha256_has_kernel` says no.
// - Source: FIPS 180-4 section 6.2.2; Intel SHA Extensions (SHA256RNDS2, SHA256MSG1, SHA256MSG2).
#ifndef FILMROOM_CDIGEST_H
#define FILMROOM_CDIGEST_H

#include <stddef.h>
#include <stdint.h>

/// Whether this processor has what the kernel needs: SHA, SSE4.1 and SSSE3.
int filmroom_sha256_has_kernel(void);

/// Advances one state (H0 to H7) over `block_count` blocks of 64 bytes.
void filmroom_sha256_blocks(uint32_t *state, const void *bytes, size_t block_count);

/// Advances two states over the same blocks.
void filmroom_sha256_blocks_paired(uint32_t *first, uint32_t *second, const void *bytes, size_t block_count);

#endif
