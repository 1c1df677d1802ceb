// JPEG-LS through CharLS.
#include "ccodecs.h"

#include <charls/charls.h>
#include <stdio.h>

static int fail(char *message, charls_jpegls_decoder *decoder, const char *text) {
    snprintf(message, FILMROOM_MESSAGE_SIZE, "%s", text);
    if (decoder) charls_jpegls_decoder_destroy(decoder);
    return -1;
}

static int decode(
    charls_jpegls_decoder *decoder, const uint8_t *bytes, size_t count, filmroom_raster *raster, uint8_t *output,
    size_t capacity, char *message) {
    charls_frame_info info;
    charls_interleave_mode mode;
    size_t size = 0;
    charls_jpegls_errc code = charls_jpegls_decoder_set_source_buffer(decoder, bytes, count);
    if (!code) code = charls_jpegls_decoder_read_header(decoder);
    if (!code) code = charls_jpegls_decoder_get_frame_info(decoder, &info);
    if (!code) code = charls_jpegls_decoder_get_interleave_mode(decoder, &mode);
    if (code) return fail(message, decoder, charls_get_error_message(code));
    if (info.width != raster->width || info.height != raster->height ||
        (uint32_t)info.component_count != raster->components)
        return fail(message, decoder, "the JPEG-LS data has another size than the header says");
    code = charls_jpegls_decoder_get_destination_size(decoder, 0, &size);
    if (code) return fail(message, decoder, charls_get_error_message(code));
    if (size > capacity) return fail(message, decoder, "the JPEG-LS data is larger than the header says");
    code = charls_jpegls_decoder_decode_to_buffer(decoder, output, capacity, 0);
    if (code) return fail(message, decoder, charls_get_error_message(code));
    raster->bits = (uint32_t)info.bits_per_sample;
    raster->is_signed = 0;
    raster->is_planar = mode == CHARLS_INTERLEAVE_MODE_NONE;
    charls_jpegls_decoder_destroy(decoder);
    return 0;
}

int filmroom_jpegls_decode(
    const uint8_t *bytes, size_t count, filmroom_raster *raster, uint8_t *output, size_t capacity, char *message) {
    charls_jpegls_decoder *decoder = charls_jpegls_decoder_create();
    if (!decoder) return fail(message, NULL, "no memory for a JPEG-LS decoder");
    return decode(decoder, bytes, count, raster, output, capacity, message);
}
