// The image codecs of C and C++ libraries behind plain C: one frame's bytes in, samples out. No exception leaves a
// function; each returns 0, or -1 with a text of what is wrong. Samples come interleaved by pixel, each in 1 byte
// (up to 8 bits), 2 (up to 16) or 4, in the machine's byte order. All decode bytes of strangers: call them only in a
// process that may die.
#ifndef FILMROOM_CCODECS_H
#define FILMROOM_CCODECS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes of a message, its end included.
enum { FILMROOM_MESSAGE_SIZE = 200 };

/// What a codestream says of itself.
typedef struct filmroom_raster {
    uint32_t width;
    uint32_t height;
    uint32_t components;
    /// Bits of a sample.
    uint32_t bits;
    /// 1 when the codestream's samples are signed.
    int is_signed;
    /// 1 when the output is one plane a component.
    int is_planar;
} filmroom_raster;

/// JPEG, sequential and progressive DCT and lossless (ISO 10918-1), through DCMTK. Colours stay as they are encoded.
///
/// - bits: the precision of the frame header; decides the library's build (8, 12 or 16 bits) and the size of a sample.
/// - is_lossless: 1 for the lossless processes.
/// - output: width * height * components samples; `capacity` in bytes.
int filmroom_jpeg_decode(
    const uint8_t *bytes, size_t count, int bits, int is_lossless, uint8_t *output, size_t capacity,
    char message[FILMROOM_MESSAGE_SIZE]);

/// JPEG-LS (ISO 14495-1) through CharLS. Refuses a size other than that in `raster`, which it then completes.
int filmroom_jpegls_decode(
    const uint8_t *bytes, size_t count, filmroom_raster *raster, uint8_t *output, size_t capacity,
    char message[FILMROOM_MESSAGE_SIZE]);

/// JPEG 2000 and HTJ2K (ISO 15444-1, 15444-15) through OpenJPEG, as codestream or JP2. Refuses a size other than that
/// in `raster`, which it then completes. The component transform is undone.
int filmroom_jpeg2000_decode(
    const uint8_t *bytes, size_t count, filmroom_raster *raster, uint8_t *output, size_t capacity,
    char message[FILMROOM_MESSAGE_SIZE]);

/// Encodes as a lossless JPEG 2000 codestream: one component of 16 unsigned bits. For benchmarks and tests.
///
/// - output: receives memory that `filmroom_codec_free` frees.
int filmroom_jpeg2000_encode(
    const uint16_t *samples, uint32_t width, uint32_t height, uint32_t bits, uint8_t **output, size_t *count,
    char message[FILMROOM_MESSAGE_SIZE]);

/// PNG, 8 bits a sample, through libspng.
///
/// - channels: 1 for grey, 3 for RGB.
/// - level: 0 to 9, as zlib has it; 1 is made for noisy greys.
/// - is_srgb: 1 to say so in a chunk.
/// - output: receives memory that `filmroom_codec_free` frees.
int filmroom_png_encode(
    const uint8_t *samples, uint32_t width, uint32_t height, uint32_t channels, int level, int is_srgb,
    uint8_t **output, size_t *count, char message[FILMROOM_MESSAGE_SIZE]);

void filmroom_codec_free(void *memory);

#ifdef __cplusplus
}
#endif

#endif
