// JPEG through DCMTK's builds of the IJG library for 8, 12 and 16 bits, which alone know the lossless processes.
#include "ccodecs.h"

#include <cstdio>
#include <exception>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdecabs.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>
#include <dcmtk/oflog/oflog.h>

namespace {

void silence() {
    static const bool done = [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        return true;
    }();
    (void)done;
}

/// Components as they are encoded: the caller knows what the data set says of colours.
const DJCodecParameter &parameter() {
    static const DJCodecParameter value(ECC_lossyYCbCr, EDC_never, EUC_never, EPC_colorByPixel);
    return value;
}

std::unique_ptr<DJDecoder> decoder(int bits) {
    if (bits <= 8) return std::make_unique<DJDecompressIJG8Bit>(parameter(), OFFalse);
    if (bits <= 12) return std::make_unique<DJDecompressIJG12Bit>(parameter(), OFFalse);
    return std::make_unique<DJDecompressIJG16Bit>(parameter(), OFFalse);
}

int fail(char *message, const char *text) {
    std::snprintf(message, FILMROOM_MESSAGE_SIZE, "%s", text);
    return -1;
}

}  // namespace

extern "C" int filmroom_jpeg_decode(
    const uint8_t *bytes, size_t count, int bits, int is_lossless, uint8_t *output, size_t capacity, char *message) {
    if (count > UINT32_MAX || capacity > UINT32_MAX) return fail(message, "the JPEG frame is too large");
    if (!is_lossless && bits > 12) return fail(message, "lossy JPEG has at most 12 bits");
    try {
        silence();
        std::unique_ptr<DJDecoder> codec = decoder(bits);
        OFCondition result = codec->init();
        if (result.good())
            result = codec->decode(
                const_cast<Uint8 *>(bytes), static_cast<Uint32>(count), output, static_cast<Uint32>(capacity), OFFalse);
        if (result == EJ_Suspension) return fail(message, "the JPEG data ends too early");
        return result.good() ? 0 : fail(message, result.text());
    } catch (const std::exception &error) {
        return fail(message, error.what());
    } catch (...) {
        return fail(message, "the JPEG decoder failed");
    }
}
