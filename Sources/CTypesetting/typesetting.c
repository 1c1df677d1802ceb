// Sets texts with Pango and draws them with cairo's PDF surface.
//
// Positions are not rounded to pixels, so that a text is as long in the file as it was when its lines were broken.

#include "ctypesetting.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <stdio.h>
#include <stdlib.h>

struct filmroom_fonts {
    FcConfig *configuration;
    PangoFontMap *map;
    PangoContext *context;
};

filmroom_fonts *filmroom_fonts_open(const char *configuration, const char *language) {
    FcConfig *config = FcConfigCreate();
    if (config == NULL) return NULL;
    if (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)configuration, FcTrue) || !FcConfigBuildFonts(config)) {
        FcConfigDestroy(config);
        return NULL;
    }
    filmroom_fonts *fonts = calloc(1, sizeof *fonts);
    if (fonts == NULL) abort();
    fonts->configuration = config;
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72);
    fonts->context = pango_font_map_create_context(fonts->map);
    pango_context_set_language(fonts->context, pango_language_from_string(language));
    pango_context_set_base_dir(fonts->context, PANGO_DIRECTION_WEAK_LTR);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    return fonts;
}

void filmroom_fonts_close(filmroom_fonts *fonts) {
    g_object_unref(fonts->context);
    g_object_unref(fonts->map);
    FcConfigDestroy(fonts->configuration);
    free(fonts);
}

int filmroom_fonts_have(const filmroom_fonts *fonts, const char *family) {
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, NULL);
    FcFontSet *found = FcFontList(fonts->configuration, pattern, NULL);
    int count = found == NULL ? 0 : found->nfont;
    if (found != NULL) FcFontSetDestroy(found);
    FcPatternDestroy(pattern);
    return count > 0;
}

/// A line as it is drawn: where its baseline and its left end are, from the upper left corner of the line.
typedef struct {
    PangoLayoutLine *line;
    double left, baseline, height;
} set_line;

struct filmroom_text {
    PangoLayout *layout;
    int line_count;
    set_line *lines;
};

static void measure(filmroom_text *text) {
    text->line_count = pango_layout_get_line_count(text->layout);
    text->lines = calloc((size_t)text->line_count, sizeof *text->lines);
    if (text->lines == NULL) abort();
    PangoLayoutIter *iter = pango_layout_get_iter(text->layout);
    for (int index = 0; index < text->line_count; index++) {
        int top, bottom;
        PangoRectangle extents;
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        pango_layout_iter_get_line_extents(iter, NULL, &extents);
        text->lines[index] = (set_line){
            .line = pango_layout_iter_get_line_readonly(iter),
            .left = pango_units_to_double(extents.x),
            .baseline = pango_units_to_double(pango_layout_iter_get_baseline(iter) - top),
            .height = pango_units_to_double(bottom - top),
        };
        pango_layout_iter_next_line(iter);
    }
    pango_layout_iter_free(iter);
}

filmroom_text *filmroom_text_set(filmroom_fonts *fonts, const char *bytes, int byte_count, const filmroom_style *style) {
    filmroom_text *text = calloc(1, sizeof *text);
    if (text == NULL) abort();
    text->layout = pango_layout_new(fonts->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, style->families);
    pango_font_description_set_weight(font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font, pango_units_from_double(style->size));
    pango_layout_set_font_description(text->layout, font);
    pango_font_description_free(font);
    // "ff" stays two characters, so that what is found in the file is what was written: digests, for one.
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga=0,clig=0"));
    pango_layout_set_attributes(text->layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(text->layout, pango_units_from_double(style->width));
    pango_layout_set_wrap(text->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(text->layout, style->is_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    // A right-to-left text keeps its order, and the side of its column.
    pango_layout_set_auto_dir(text->layout, TRUE);
    pango_layout_set_text(text->layout, bytes, byte_count);
    measure(text);
    return text;
}

void filmroom_text_free(filmroom_text *text) {
    free(text->lines);
    g_object_unref(text->layout);
    free(text);
}

int filmroom_text_line_count(const filmroom_text *text) { return text->line_count; }

double filmroom_text_line_height(const filmroom_text *text, int line) { return text->lines[line].height; }

int filmroom_text_unknown_count(const filmroom_text *text) { return pango_layout_get_unknown_glyphs_count(text->layout); }

struct filmroom_sheets {
    cairo_surface_t *surface;
    cairo_t *cairo;
    filmroom_sink sink;
    void *closure;
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned int count) {
    filmroom_sheets *sheets = closure;
    return sheets->sink(sheets->closure, bytes, count) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

filmroom_sheets *filmroom_sheets_open(filmroom_sink sink, void *closure, double width, double height) {
    filmroom_sheets *sheets = calloc(1, sizeof *sheets);
    if (sheets == NULL) abort();
    sheets->sink = sink;
    sheets->closure = closure;
    sheets->surface = cairo_pdf_surface_create_for_stream(pass_on, sheets, width, height);
    cairo_pdf_surface_restrict_to_version(sheets->surface, CAIRO_PDF_VERSION_1_5);
    sheets->cairo = cairo_create(sheets->surface);
    return sheets;
}

void filmroom_sheets_describe(
    filmroom_sheets *sheets, const char *title, const char *author, const char *subject, const char *creator, const char *date) {
    cairo_pdf_surface_set_metadata(sheets->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(sheets->surface, CAIRO_PDF_METADATA_AUTHOR, author);
    cairo_pdf_surface_set_metadata(sheets->surface, CAIRO_PDF_METADATA_SUBJECT, subject);
    cairo_pdf_surface_set_metadata(sheets->surface, CAIRO_PDF_METADATA_CREATOR, creator);
    cairo_pdf_surface_set_metadata(sheets->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(sheets->surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

void filmroom_sheets_draw(filmroom_sheets *sheets, const filmroom_text *text, int line, double x, double y, double grey) {
    const set_line *set = &text->lines[line];
    cairo_set_source_rgb(sheets->cairo, grey, grey, grey);
    cairo_move_to(sheets->cairo, x + set->left, y + set->baseline);
    pango_cairo_show_layout_line(sheets->cairo, set->line);
}

void filmroom_sheets_rule(filmroom_sheets *sheets, double x, double y, double width, double thickness, double grey) {
    cairo_set_source_rgb(sheets->cairo, grey, grey, grey);
    cairo_rectangle(sheets->cairo, x, y - thickness / 2, width, thickness);
    cairo_fill(sheets->cairo);
}

void filmroom_sheets_bookmark(filmroom_sheets *sheets, const char *title, int page, double y) {
    char place[64];
    snprintf(place, sizeof place, "page=%d pos=[0 %.2f]", page, y);
    cairo_pdf_surface_add_outline(sheets->surface, CAIRO_PDF_OUTLINE_ROOT, title, place, 0);
}

void filmroom_sheets_turn(filmroom_sheets *sheets) { cairo_show_page(sheets->cairo); }

const char *filmroom_sheets_close(filmroom_sheets *sheets) {
    cairo_status_t status = cairo_status(sheets->cairo);
    cairo_destroy(sheets->cairo);
    cairo_surface_finish(sheets->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(sheets->surface);
    cairo_surface_destroy(sheets->surface);
    free(sheets);
    return status == CAIRO_STATUS_SUCCESS ? NULL : cairo_status_to_string(status);
}
