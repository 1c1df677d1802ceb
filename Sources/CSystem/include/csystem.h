// The system calls that Glibc's Swift module does not bring, each as the kernel has it: the result, or -1 with errno.
#ifndef FILMROOM_CSYSTEM_H
#define FILMROOM_CSYSTEM_H

#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Renames; never over something that is there (RENAME_NOREPLACE), where the file system can.
int filmroom_rename_new(int from_directory, const char *from, int to_directory, const char *to);

/// Exchanges two names in one step (RENAME_EXCHANGE), where the file system can.
int filmroom_rename_exchange(int from_directory, const char *from, int to_directory, const char *to);

/// Starts writing back `length` bytes at `offset` and returns at once (sync_file_range, SYNC_FILE_RANGE_WRITE).
int filmroom_start_writeback(int descriptor, int64_t offset, int64_t length);

/// Waits until all that was written to a file system is on its medium (syncfs).
int filmroom_sync_file_system(int descriptor);

/// An advisory lock of the whole open file (flock): exclusive, or shared; -1 with EWOULDBLOCK when somebody holds it.
int filmroom_try_lock(int descriptor, int exclusive);

/// Waits for the lock.
int filmroom_lock(int descriptor, int exclusive);

/// Columns of the terminal on `descriptor`, or -1 when it is none.
int filmroom_terminal_columns(int descriptor);

/// Peak resident memory of this process so far, in bytes.
int64_t filmroom_peak_memory(void);

/// Processor time of this process so far, in nanoseconds, all threads.
int64_t filmroom_processor_nanoseconds(void);

/// Keeps up to `byte_count` freed bytes for the next use, and takes up to 32 MB at once from what is kept, so that work
/// that needs the same large blocks again and again does not have them cleared by the system each time (mallopt).
void filmroom_keep_memory(int byte_count);

/// Has a program that is to be spawned get no descriptor from `first` on (posix_spawn_file_actions_addclosefrom_np).
int filmroom_spawn_closes_from(posix_spawn_file_actions_t *actions, int first);

#endif
