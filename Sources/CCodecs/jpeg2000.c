// JPEG 2000 and HTJ2K through OpenJPEG, from and to memory.
#include "ccodecs.h"

#include <openjpeg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A codestream in memory: read from, or grown while written.
struct memory {
    uint8_t *bytes;
    size_t count;
    size_t position;
    size_t capacity;
};

static OPJ_SIZE_T read_memory(void *buffer, OPJ_SIZE_T size, void *user) {
    struct memory *memory = user;
    size_t left = memory->count - memory->position;
    if (left == 0) return (OPJ_SIZE_T)-1;
    if (size > left) size = left;
    memcpy(buffer, memory->bytes + memory->position, size);
    memory->position += size;
    return size;
}

static OPJ_OFF_T skip_memory(OPJ_OFF_T size, void *user) {
    struct memory *memory = user;
    if (size < 0) return -1;
    size_t left = memory->count - memory->position;
    size_t step = (size_t)size < left ? (size_t)size : left;
    memory->position += step;
    return step > 0 ? (OPJ_OFF_T)step : -1;
}

static OPJ_BOOL seek_memory(OPJ_OFF_T position, void *user) {
    struct memory *memory = user;
    if (position < 0 || (size_t)position > memory->count) return OPJ_FALSE;
    memory->position = (size_t)position;
    return OPJ_TRUE;
}

static OPJ_SIZE_T write_memory(void *buffer, OPJ_SIZE_T size, void *user) {
    struct memory *memory = user;
    if (memory->position + size > memory->capacity) {
        size_t capacity = (memory->position + size) * 2;
        uint8_t *bytes = realloc(memory->bytes, capacity);
        if (!bytes) return (OPJ_SIZE_T)-1;
        memory->bytes = bytes;
        memory->capacity = capacity;
    }
    memcpy(memory->bytes + memory->position, buffer, size);
    memory->position += size;
    if (memory->position > memory->count) memory->count = memory->position;
    return size;
}

static void keep_message(const char *text, void *user) {
    char *message = user;
    if (message[0]) return;
    snprintf(message, FILMROOM_MESSAGE_SIZE, "%s", text);
    message[strcspn(message, "\r\n")] = 0;
}

static void drop_message(const char *text, void *user) {
    (void)text;
    (void)user;
}

static int check(const opj_image_t *image, const filmroom_raster *raster, char *message) {
    if (image->numcomps != raster->components || image->numcomps == 0) {
        snprintf(message, FILMROOM_MESSAGE_SIZE, "the JPEG 2000 data has another number of components");
        return -1;
    }
    for (uint32_t index = 0; index < image->numcomps; index++) {
        const opj_image_comp_t *component = &image->comps[index];
        if (component->prec == 0 || component->prec > 32 || component->dx == 0 || component->dy == 0 ||
            component->prec != image->comps[0].prec || component->sgnd != image->comps[0].sgnd) {
            snprintf(message, FILMROOM_MESSAGE_SIZE, "the JPEG 2000 components differ or have odd precisions");
            return -1;
        }
    }
    if (image->x1 - image->x0 != raster->width || image->y1 - image->y0 != raster->height) {
        snprintf(message, FILMROOM_MESSAGE_SIZE, "the JPEG 2000 data has another size than the header says");
        return -1;
    }
    return 0;
}

/// Copies one component into the interleaved output; a subsampled one is repeated.
static int copy_component(
    const opj_image_comp_t *component, const filmroom_raster *raster, uint32_t index, uint8_t *output) {
    if (!component->data || component->w == 0 || component->h == 0) return -1;
    size_t step = raster->components;
    for (uint32_t y = 0; y < raster->height; y++) {
        uint32_t source_y = y / component->dy;
        if (source_y >= component->h) source_y = component->h - 1;
        const OPJ_INT32 *line = component->data + (size_t)source_y * component->w;
        size_t at = (size_t)y * raster->width * step + index;
        for (uint32_t x = 0; x < raster->width; x++, at += step) {
            uint32_t source_x = component->dx == 1 ? x : x / component->dx;
            if (source_x >= component->w) source_x = component->w - 1;
            OPJ_INT32 value = line[source_x];
            if (raster->bits <= 8) output[at] = (uint8_t)value;
            else if (raster->bits <= 16) ((uint16_t *)output)[at] = (uint16_t)value;
            else ((uint32_t *)output)[at] = (uint32_t)value;
        }
    }
    return 0;
}

static int copy_image(
    const opj_image_t *image, filmroom_raster *raster, uint8_t *output, size_t capacity, char *message) {
    if (check(image, raster, message)) return -1;
    raster->bits = image->comps[0].prec;
    raster->is_signed = image->comps[0].sgnd != 0;
    raster->is_planar = 0;
    size_t unit = raster->bits <= 8 ? 1 : raster->bits <= 16 ? 2 : 4;
    size_t needed = (size_t)raster->width * raster->height * raster->components * unit;
    if (needed > capacity) {
        snprintf(message, FILMROOM_MESSAGE_SIZE, "the JPEG 2000 data is larger than the header says");
        return -1;
    }
    for (uint32_t index = 0; index < raster->components; index++) {
        if (copy_component(&image->comps[index], raster, index, output)) {
            snprintf(message, FILMROOM_MESSAGE_SIZE, "a JPEG 2000 component is empty");
            return -1;
        }
    }
    return 0;
}

static opj_stream_t *stream_of(struct memory *memory, OPJ_BOOL is_input) {
    opj_stream_t *stream = opj_stream_create(1 << 20, is_input);
    if (!stream) return NULL;
    opj_stream_set_user_data(stream, memory, NULL);
    opj_stream_set_read_function(stream, read_memory);
    opj_stream_set_write_function(stream, write_memory);
    opj_stream_set_skip_function(stream, skip_memory);
    opj_stream_set_seek_function(stream, seek_memory);
    if (is_input) opj_stream_set_user_data_length(stream, memory->count);
    return stream;
}

int filmroom_jpeg2000_decode(
    const uint8_t *bytes, size_t count, filmroom_raster *raster, uint8_t *output, size_t capacity, char *message) {
    static const uint8_t jp2[12] = {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, 0x87, 10};
    struct memory memory = {(uint8_t *)bytes, count, 0, count};
    int is_jp2 = count >= sizeof jp2 && memcmp(bytes, jp2, sizeof jp2) == 0;
    opj_dparameters_t parameters;
    opj_image_t *image = NULL;
    int result = -1;
    message[0] = 0;
    opj_stream_t *stream = stream_of(&memory, OPJ_TRUE);
    opj_codec_t *codec = opj_create_decompress(is_jp2 ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
    opj_set_default_decoder_parameters(&parameters);
    // Colour boxes and palettes of JP2 say nothing in DICOM (PS3.5 annex A.4.4).
    parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG;
    if (stream && codec) {
        opj_set_error_handler(codec, keep_message, message);
        opj_set_warning_handler(codec, drop_message, NULL);
        if (opj_setup_decoder(codec, &parameters) && opj_read_header(stream, codec, &image) &&
            check(image, raster, message) == 0 && opj_decode(codec, stream, image))
            result = copy_image(image, raster, output, capacity, message);
    }
    if (result && !message[0]) snprintf(message, FILMROOM_MESSAGE_SIZE, "the JPEG 2000 data cannot be decoded");
    opj_image_destroy(image);
    if (codec) opj_destroy_codec(codec);
    if (stream) opj_stream_destroy(stream);
    return result;
}

static opj_image_t *image_of(const uint16_t *samples, uint32_t width, uint32_t height, uint32_t bits) {
    opj_image_cmptparm_t component;
    memset(&component, 0, sizeof component);
    component.dx = component.dy = 1;
    component.w = width;
    component.h = height;
    component.prec = bits;
    opj_image_t *image = opj_image_create(1, &component, OPJ_CLRSPC_GRAY);
    if (!image) return NULL;
    image->x1 = width;
    image->y1 = height;
    for (size_t at = 0; at < (size_t)width * height; at++) image->comps[0].data[at] = samples[at];
    return image;
}

int filmroom_jpeg2000_encode(
    const uint16_t *samples, uint32_t width, uint32_t height, uint32_t bits, uint8_t **output, size_t *count,
    char *message) {
    struct memory memory = {NULL, 0, 0, 0};
    opj_cparameters_t parameters;
    int result = -1;
    message[0] = 0;
    opj_set_default_encoder_parameters(&parameters);
    opj_stream_t *stream = stream_of(&memory, OPJ_FALSE);
    opj_codec_t *codec = opj_create_compress(OPJ_CODEC_J2K);
    opj_image_t *image = image_of(samples, width, height, bits);
    if (stream && codec && image) {
        opj_set_error_handler(codec, keep_message, message);
        opj_set_warning_handler(codec, drop_message, NULL);
        if (opj_setup_encoder(codec, &parameters, image) && opj_start_compress(codec, image, stream) &&
            opj_encode(codec, stream) && opj_end_compress(codec, stream))
            result = 0;
    }
    opj_image_destroy(image);
    if (codec) opj_destroy_codec(codec);
    if (stream) opj_stream_destroy(stream);
    if (result) {
        free(memory.bytes);
        return -1;
    }
    *output = memory.bytes;
    *count = memory.count;
    return 0;
}

void filmroom_codec_free(void *memory) { free(memory); }
