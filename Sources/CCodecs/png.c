// PNG through libspng, into memory.
#include "ccodecs.h"

#include <spng.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static int encode(
    spng_ctx *context, const uint8_t *samples, uint32_t width, uint32_t height, uint32_t channels, int level,
    int is_srgb) {
    struct spng_ihdr header;
    memset(&header, 0, sizeof header);
    header.width = width;
    header.height = height;
    header.bit_depth = 8;
    header.color_type = channels == 1 ? SPNG_COLOR_TYPE_GRAYSCALE : SPNG_COLOR_TYPE_TRUECOLOR;
    int code = spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
    if (!code) code = spng_set_option(context, SPNG_IMG_COMPRESSION_LEVEL, level);
    // Neighbours of medical greys differ by noise, so that a search for matches finds little: runs and Huffman codes
    // alone take half the time of level 1, and less space.
    if (!code && level == 1) code = spng_set_option(context, SPNG_IMG_COMPRESSION_STRATEGY, Z_RLE);
    // One filter for all lines: the choice by line costs more than it saves at a fast level.
    if (!code) code = spng_set_option(context, SPNG_FILTER_CHOICE, SPNG_FILTER_CHOICE_SUB);
    if (!code) code = spng_set_ihdr(context, &header);
    if (!code && is_srgb) code = spng_set_srgb(context, 0);
    if (!code)
        code = spng_encode_image(
            context, samples, (size_t)width * height * channels, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
    return code;
}

int filmroom_png_encode(
    const uint8_t *samples, uint32_t width, uint32_t height, uint32_t channels, int level, int is_srgb,
    uint8_t **output, size_t *count, char *message) {
    spng_ctx *context = spng_ctx_new(SPNG_CTX_ENCODER);
    int code = SPNG_EMEM;
    if (context) code = encode(context, samples, width, height, channels, level, is_srgb);
    if (!code) *output = spng_get_png_buffer(context, count, &code);
    if (code) snprintf(message, FILMROOM_MESSAGE_SIZE, "no PNG could be made: %s", spng_strerror(code));
    if (context) spng_ctx_free(context);
    return code ? -1 : 0;
}
