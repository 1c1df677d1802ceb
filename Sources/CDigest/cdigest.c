// The SHA-256 kernel for processors with SHA extensions. See the header.
//
// SHA256RNDS2 does two rounds on a state that is kept in two registers, (A,B,E,F) and (C,D,G,H), highest lane first.
// Each of the 16 groups below does four rounds; from the fifth on its four schedule words come from the last 16.
#include "cdigest.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define KERNEL __attribute__((target("sha,sse4.1,ssse3")))

static const uint32_t round_constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

int filmroom_sha256_has_kernel(void) {
    unsigned int a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3)) {
        return 0;
    }
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

struct registers {
    __m128i abef;
    __m128i cdgh;
};

KERNEL static inline struct registers load(const uint32_t *h) {
    return (struct registers){
        _mm_set_epi32((int)h[0], (int)h[1], (int)h[4], (int)h[5]),
        _mm_set_epi32((int)h[2], (int)h[3], (int)h[6], (int)h[7]),
    };
}

KERNEL static inline void store(struct registers r, uint32_t *h) {
    uint32_t low[4], high[4];
    _mm_storeu_si128((__m128i *)low, r.abef);
    _mm_storeu_si128((__m128i *)high, r.cdgh);
    h[0] = low[3], h[1] = low[2], h[4] = low[1], h[5] = low[0];
    h[2] = high[3], h[3] = high[2], h[6] = high[1], h[7] = high[0];
}

KERNEL static inline struct registers four_rounds(struct registers r, __m128i words) {
    r.cdgh = _mm_sha256rnds2_epu32(r.cdgh, r.abef, words);
    r.abef = _mm_sha256rnds2_epu32(r.abef, r.cdgh, _mm_shuffle_epi32(words, 0x0E));
    return r;
}

KERNEL static inline struct registers sum(struct registers a, struct registers b) {
    return (struct registers){_mm_add_epi32(a.abef, b.abef), _mm_add_epi32(a.cdgh, b.cdgh)};
}

/// The schedule words of one group: the message itself, then what its recurrence makes of the last four groups.
KERNEL static inline __m128i schedule(const __m128i *words, int group) {
    __m128i last = words[(group + 3) & 3];
    __m128i middle = _mm_alignr_epi8(last, words[(group + 2) & 3], 4);
    __m128i early = _mm_sha256msg1_epu32(words[group & 3], words[(group + 1) & 3]);
    return _mm_sha256msg2_epu32(_mm_add_epi32(early, middle), last);
}

KERNEL __attribute__((always_inline)) static inline void advance(
    uint32_t *first, uint32_t *second, const void *bytes, size_t block_count) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i *source = bytes;
    struct registers one = load(first);
    struct registers two = second ? load(second) : one;
    for (; block_count > 0; block_count--, source += 4) {
        struct registers one_before = one, two_before = two;
        __m128i words[4];
#pragma clang loop unroll(full)
        for (int group = 0; group < 16; group++) {
            words[group & 3] = group < 4 ? _mm_shuffle_epi8(_mm_loadu_si128(source + group), big_endian)
                                         : schedule(words, group);
            __m128i keyed = _mm_add_epi32(
                words[group & 3], _mm_load_si128((const __m128i *)round_constants + group));
            one = four_rounds(one, keyed);
            if (second) {
                two = four_rounds(two, keyed);
            }
        }
        one = sum(one, one_before);
        two = sum(two, two_before);
    }
    store(one, first);
    if (second) {
        store(two, second);
    }
}

KERNEL void filmroom_sha256_blocks(uint32_t *state, const void *bytes, size_t block_count) {
    advance(state, NULL, bytes, block_count);
}

KERNEL void filmroom_sha256_blocks_paired(uint32_t *first, uint32_t *second, const void *bytes, size_t block_count) {
    advance(first, second, bytes, block_count);
}

#else

int filmroom_sha256_has_kernel(void) { return 0; }

void filmroom_sha256_blocks(uint32_t *state, const void *bytes, size_t block_count) { __builtin_trap(); }

void filmroom_sha256_blocks_paired(uint32_t *first, uint32_t *second, const void *bytes, size_t block_count) {
    __builtin_trap();
}

#endif
