// libarchive's reading side: archives and their filters.
#ifndef FILMROOM_CARCHIVE_H
#define FILMROOM_CARCHIVE_H
#include <archive.h>
#include <archive_entry.h>
#endif
