// What filmroom-watch needs of libinotifytools (GPL-2.0-only): no other target may import this module.
#include <inotifytools/inotify.h>
#include <inotifytools/inotifytools.h>
