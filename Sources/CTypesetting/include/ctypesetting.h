// What a document is set and drawn with, of Pango (layout, shaping, fallback between fonts), fontconfig and cairo (PDF), behind
// plain C. Lengths are points; texts are UTF-8. Everything is used by one thread.
#ifndef FILMROOM_CTYPESETTING_H
#define FILMROOM_CTYPESETTING_H

/// The fonts of this machine.
typedef struct filmroom_fonts filmroom_fonts;

/// Opens the fonts that a configuration of fontconfig names, and none besides; null when it cannot be read.
/// @param language The language of what is set, as BCP 47 has it.
filmroom_fonts *filmroom_fonts_open(const char *configuration, const char *language);

void filmroom_fonts_close(filmroom_fonts *fonts);

/// Whether a family is there.
int filmroom_fonts_have(const filmroom_fonts *fonts, const char *family);

/// A text, broken into lines.
typedef struct filmroom_text filmroom_text;

/// How a text is set.
typedef struct {
    /// Families, the first one that has a character wins, separated by commas.
    const char *families;
    double size;
    int is_bold;
    /// Whether its lines end at the right side.
    int is_right;
    /// What its lines are broken to.
    double width;
} filmroom_style;

filmroom_text *filmroom_text_set(filmroom_fonts *fonts, const char *text, int byte_count, const filmroom_style *style);

void filmroom_text_free(filmroom_text *text);

int filmroom_text_line_count(const filmroom_text *text);

double filmroom_text_line_height(const filmroom_text *text, int line);

/// How many characters no font has.
int filmroom_text_unknown_count(const filmroom_text *text);

/// A PDF while it is written, page by page.
typedef struct filmroom_sheets filmroom_sheets;

/// Takes bytes of the file; gives 0 when it could not.
typedef int (*filmroom_sink)(void *closure, const unsigned char *bytes, unsigned int count);

filmroom_sheets *filmroom_sheets_open(filmroom_sink sink, void *closure, double width, double height);

/// What the file says of itself. `date` is ISO 8601 with an offset.
void filmroom_sheets_describe(
    filmroom_sheets *sheets, const char *title, const char *author, const char *subject, const char *creator, const char *date);

/// Draws a line of a text with its upper left corner at a place; `grey` is 0 for black.
void filmroom_sheets_draw(filmroom_sheets *sheets, const filmroom_text *text, int line, double x, double y, double grey);

/// Draws a horizontal rule.
void filmroom_sheets_rule(filmroom_sheets *sheets, double x, double y, double width, double thickness, double grey);

/// Lists a place among the bookmarks.
void filmroom_sheets_bookmark(filmroom_sheets *sheets, const char *title, int page, double y);

/// Ends the page.
void filmroom_sheets_turn(filmroom_sheets *sheets);

/// Ends the file. Gives null, or what went wrong.
const char *filmroom_sheets_close(filmroom_sheets *sheets);

#endif
